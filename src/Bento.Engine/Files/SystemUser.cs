using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>A user that the system knows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Owner">Its number, and that of its primary group.</param>
/// <param name="Home">Its home directory, which need not exist.</param>
internal sealed record SystemUser(string Name, FileOwner Owner, string Home)
{
    private const int LargestEntryBytes = 1024 * 1024;
    private const int MostGroups = 64 * 1024;

    /// <summary>Finds a user, wherever the system keeps users; null when there is none.</summary>
    public static SystemUser? Find(string name)
    {
        // Directory services may return long entries: the C library asks for a larger buffer by ERANGE.
        for (var length = 1024; ; length *= 4)
        {
            // Pinned: the entry points into the buffer.
            var buffer = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            var error = (Errno)NativeMethods.FindUser(
                name, out var entry, ref MemoryMarshal.GetArrayDataReference(buffer), length, out var found);
            if (error == Errno.Range && length < LargestEntryBytes)
            {
                continue;
            }

            // "Not found" is 0 by POSIX, and one of these where a service behind the name switch is missing.
            return found != 0
                ? new SystemUser(name, new FileOwner(entry.User, entry.Group), Marshal.PtrToStringUTF8(entry.Home) ?? string.Empty)
                : error is 0 or Errno.NoEntry or Errno.NotPermitted
                    ? null
                    : throw new SystemCallException(error, "look up the user", name);
        }
    }

    /// <summary>A user as people know it: <c>user alice (1000)</c>, or <c>user 1000</c> where the system has no name for it.</summary>
    public static string Describe(uint number)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LargestEntryBytes, pinned: true);
        _ = NativeMethods.FindUser(
            number, out var entry, ref MemoryMarshal.GetArrayDataReference(buffer), buffer.Length, out var found);
        return found != 0 && Marshal.PtrToStringUTF8(entry.Name) is { Length: > 0 } name ? $"user {name} ({number})" : $"user {number}";
    }

    /// <summary>Whether the user is in a group, as its primary group or as any other.</summary>
    public bool IsIn(string groupName)
    {
        if (FileOwner.FindGroup(groupName) is not { } group)
        {
            return false;
        }

        for (var count = 32; ; count *= 4)
        {
            var groups = new uint[count];
            var found = count;
            if (NativeMethods.ListGroups(Name, Owner.GroupId, ref MemoryMarshal.GetArrayDataReference(groups), ref found) >= 0)
            {
                return groups.AsSpan(0, found).Contains(group);
            }

            if (count > MostGroups)
            {
                throw new SystemCallException(Errno.Range, "list the groups of", Name);
            }
        }
    }
}
