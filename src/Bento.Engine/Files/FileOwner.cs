using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>User and group of a file.</summary>
internal readonly record struct FileOwner(uint UserId, uint GroupId)
{
    private const int LargestEntryBytes = 1024 * 1024;

    public static FileOwner Root => new(0, 0);

    /// <summary>Who this process is.</summary>
    public static FileOwner Current => new(NativeMethods.EffectiveUser(), NativeMethods.EffectiveGroup());

    /// <summary>Finds a system user and its primary group, wherever the system keeps users; null when there is none.</summary>
    public static FileOwner? Find(string userName) => SystemUser.Find(userName)?.Owner;

    /// <summary>Finds a system group; null when there is none.</summary>
    public static uint? FindGroup(string groupName)
    {
        for (var length = 1024; ; length *= 4)
        {
            var buffer = new byte[length];
            var error = (Errno)NativeMethods.FindGroup(
                groupName, out var entry, ref MemoryMarshal.GetArrayDataReference(buffer), length, out var found);
            if (error == Errno.Range && length < LargestEntryBytes)
            {
                continue;
            }

            return found != 0
                ? entry.Group
                : error is 0 or Errno.NoEntry or Errno.NotPermitted
                    ? null
                    : throw new SystemCallException(error, "look up the group", groupName);
        }
    }

    /// <summary>Gives a path to this owner; a link itself, not what it points to.</summary>
    public void Apply(string path)
    {
        if (NativeMethods.ChangeOwner(path, UserId, GroupId) < 0)
        {
            throw SystemCallException.Last("change the owner of", path);
        }
    }
}
