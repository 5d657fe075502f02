using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Deploy;

/// <summary>What hosts make of a release: a line whenever one of them has got further.</summary>
internal sealed class WaitLines(TextWriter writer)
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>A host that is waited for, and why: <c>dad (last seen 12 min ago)</c>.</summary>
    public static string Why(HostStatus host, DateTimeOffset now) => host switch
    {
        _ when host.Flags.HasFlag(StatusFlags.Paused) => $"{host.Host} (paused)",
        _ when host.Flags.HasFlag(StatusFlags.Frozen) => $"{host.Host} (frozen)",
        _ when host.Flags.HasFlag(StatusFlags.Held) => $"{host.Host} (waits for its window)",
        { LastSeen: null } => $"{host.Host} (never seen)",
        { State: HostState.Silent } => $"{host.Host} (last seen {Ages.Of(host.LastSeen, now)} ago)",
        _ => $"{host.Host} ({StateWords.Name(host.State)})",
    };

    public void Write(IReadOnlyList<HostStatus> hosts)
    {
        foreach (var host in hosts)
        {
            var words = $"{StateWords.Name(host.State)}: {host.Reason}";
            if (_shown.GetValueOrDefault(host.Host.ToString()) != words)
            {
                _shown[host.Host.ToString()] = words;
                writer.WriteLine($"{host.Host}: {words}");
            }
        }
    }
}
