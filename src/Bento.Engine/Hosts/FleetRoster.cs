using System.Text;
using Bento.Files;

namespace Bento.Hosts;

/// <summary>
/// The hosts of the fleet as the last complete look at its configurations found them, one name a line. Status needs it to tell a host that
/// was removed from one that was never published, and must not start Nix for it.
/// </summary>
internal sealed class FleetRoster(StateDirectories state)
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>The hosts; null when nobody has looked yet, or when the file is damaged: the next deploy writes it again.</summary>
    public IReadOnlySet<HostName>? Read()
    {
        try
        {
            return PlainFile.ReadAll(state.Roster, MaxBytes) is { } bytes
                ? Encoding.UTF8.GetString(bytes)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => HostName.Parse(line))
                    .ToHashSet()
                : null;
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Remembers the hosts. Nothing that was asked for fails when that does.</summary>
    public void Write(IEnumerable<HostName> hosts)
    {
        var names = hosts.ToHashSet();
        if (Read() is { } known && known.SetEquals(names))
        {
            return;
        }

        try
        {
            state.Prepare();
            DurableFile.Write(state.Roster, Encoding.UTF8.GetBytes(string.Concat(names.Order().Select(name => $"{name}\n"))), Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Status then shows the fleet of the deploy before.
        }
    }
}
