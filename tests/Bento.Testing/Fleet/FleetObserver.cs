using Bento.Status;
using Bento.Testing.Transport;

namespace Bento.Testing.Fleet;

/// <summary>Sees what anybody can see of a scripted fleet, and remembers what lay on the server before.</summary>
internal sealed class FleetObserver(InMemoryServer server)
{
    private const UnixFileMode OfOthers = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly Dictionary<HostName, List<(SeenRelease Release, byte[] Bytes)>> _releases = [];
    private readonly Dictionary<(HostName, string), SeenReport> _reports = [];

    public IReadOnlyList<byte[]> Envelopes(HostName host) => [.. _releases.GetValueOrDefault(host, []).Select(release => release.Bytes)];

    public async Task<Observation> ObserveAsync(ScriptedHost host, HostState? state, CancellationToken cancellationToken)
    {
        var published = Remember(host.Name);
        return new Observation
        {
            Host = host.Name,
            Published = published,
            Releases = [.. _releases.GetValueOrDefault(host.Name, []).Select(release => release.Release)],
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
    }

    /// <summary>Notes what lies in an area now.</summary>
    public SeenRelease? Remember(HostName host)
    {
        foreach (var path in server.Paths(host).Where(path => path.StartsWith("logs/", StringComparison.Ordinal)))
        {
            if (SeenReport.Read(path, server.Get(host, path)!) is { } report)
            {
                _reports[(host, path)] = report;
            }
        }

        if (SeenRelease.Read(path => server.Get(host, path)) is not { } current)
        {
            return null;
        }

        if (!_releases.TryGetValue(host, out var releases))
        {
            _releases[host] = releases = [];
        }

        if (releases.All(release => release.Release.Id != current.Id))
        {
            releases.Add((current, server.Get(host, "release.json")!));
        }

        return current;
    }

    private static List<string> Leftovers(string directory) => !Directory.Exists(directory) ? [] :
        [.. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(path)) == "spool")
            .Select(path => Path.GetRelativePath(directory, path))];
}
