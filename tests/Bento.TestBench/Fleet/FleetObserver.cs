using Bento.Status;
using Bento.Testing.Fleet;

namespace Bento.TestBench.Fleet;

/// <summary>Sees what anybody can see of a scripted fleet, and remembers what it saw before.</summary>
public sealed class FleetObserver(ScriptedFleet fleet)
{
    private const UnixFileMode OfOthers = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly Dictionary<(HostName, string), SeenReport> _reports = [];

    /// <summary>The fleet.</summary>
    public ScriptedFleet Fleet => fleet;

    /// <summary>Looks at every host, its area and its row of the status.</summary>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<Observation>> ObserveAsync(CancellationToken cancellationToken)
    {
        // Before the status takes reports in, and may remove them.
        fleet.Hosts.ToList().ForEach(host => Remember(host.Name));
        var rows = await fleet.ReadStatusAsync(cancellationToken);
        var seen = new List<Observation>();
        foreach (var host in fleet.Hosts)
        {
            seen.Add(await ObserveAsync(host, rows.FirstOrDefault(row => row.Host == host.Name)?.State, cancellationToken));
        }

        return seen;
    }

    private async Task<Observation> ObserveAsync(ScriptedHost host, HostState? state, CancellationToken cancellationToken) => new()
    {
        Host = host.Name,
        Published = SeenRelease.Read(path => fleet.Server.Get(host.Name, path)),
        Releases = [.. fleet.Releases(host).Select(bytes => SeenRelease.Read(path => path == "release.json" ? bytes : null)!)],
        Running = host.Machine.Running,
        Profile = host.Machine.Profile,
        First = host.First,
        Activated = host.Machine.Activated,
        MostAtOnce = host.Machine.MostAtOnce,
        Floor = await host.FloorAsync(cancellationToken),
        Reports = [.. _reports.Where(report => report.Key.Item1 == host.Name).Select(report => report.Value)],
        Leftovers = Leftovers(host.StateDirectory),
        Exposed = Directory.Exists(host.StateDirectory) && (File.GetUnixFileMode(host.StateDirectory) & OfOthers) != 0
            ? [host.StateDirectory]
            : [],
        State = state,
        Result = host.Result,
    };

    private void Remember(HostName host)
    {
        foreach (var path in fleet.Server.Paths(host).Where(path => path.StartsWith("logs/", StringComparison.Ordinal)))
        {
            if (SeenReport.Read(path, fleet.Server.Get(host, path)!) is { } report)
            {
                _reports[(host, path)] = report;
            }
        }
    }

    private static List<string> Leftovers(string directory) => !Directory.Exists(directory) ? [] :
        [.. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(path)) == "spool")
            .Select(path => Path.GetRelativePath(directory, path))];
}
