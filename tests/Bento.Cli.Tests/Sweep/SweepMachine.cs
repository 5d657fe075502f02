using System.Text.Json.Nodes;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Fleet;
using Bento.TestBench.Sshd;

namespace Bento.Cli.Tests.Sweep;

/// <summary>A host of a <see cref="SweepBench"/>: a directory that plays its machine, and its area.</summary>
internal sealed class SweepMachine
{
    private const UnixFileMode OfOthers = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private readonly string _directory;
    private readonly string _area;
    private readonly Dictionary<ReleaseId, SeenRelease> _releases = [];
    private readonly Dictionary<string, SeenReport> _reports = [];

    public SweepMachine(SshdServer server, HostName host, string directory, string trustedKey)
    {
        Host = host;
        _directory = directory;
        _area = Path.Join(server.AreasDirectory, $"{host}");
        _ = Directory.CreateDirectory(Run);
        File.WriteAllText(AgentFile, new JsonObject
        {
            ["host"] = $"{host}",
            ["fleet"] = "bento",
            ["server"] = new JsonObject
            {
                ["host"] = SshdServer.Address,
                ["port"] = server.Port,
                ["user"] = $"{host}",
                ["privateKeyFile"] = server.KeyFileOf(host),
                ["hostKeys"] = new JsonArray(server.HostKey),
            },
            ["trust"] = new JsonObject { ["keys"] = new JsonArray(trustedKey) },
            ["pollSeconds"] = 1,
            ["stateDirectory"] = "state",
            ["systemProfile"] = "profiles/system",
            ["currentSystem"] = "run/current-system",
            ["bootedSystem"] = "run/booted-system",
            ["useSystemd"] = false,
        }.ToJsonString());
    }

    public HostName Host { get; }

    public string AgentFile => Path.Join(_directory, "agent.json");

    /// <summary>The directory that plays <c>/run</c>.</summary>
    public string Run => Path.Join(_directory, "run");

    public string Scratch(string name) => Path.Join(_directory, name);

    /// <summary>The host cannot write a byte to its area until this is disposed of; what it wrote before is hidden as long.</summary>
    public IDisposable FillLogs() => new FullLogs(Path.Join(_area, "logs"));

    /// <summary>
    /// As after a server whose clock was wrong: the release is newer, and its file older than all that were there before.
    /// </summary>
    public void MoveBackInTime() => File.SetLastWriteTimeUtc(Path.Join(_area, "release.json"), DateTime.UnixEpoch.AddYears(40));

    /// <summary>Looks at the disk of the host and at its area.</summary>
    /// <param name="state">Its row of the status.</param>
    public async Task<Observation> ObserveAsync(HostState? state)
    {
        var published = Published();
        foreach (var path in Directory.EnumerateFiles(Path.Join(_area, "logs"), "*-*.json"))
        {
            if (SeenReport.Read(path, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)) is { } report)
            {
                _reports[path] = report;
            }
        }

        var own = Path.Join(_directory, "state");
        var calls = Path.Join(_directory, "run", "switch-calls");
        return new Observation
        {
            Host = Host,
            Published = published,
            Releases = [.. _releases.Values],
            Running = Link(Path.Join(_directory, "run", "current-system")),
            Profile = Profile(),
            Activated = File.Exists(calls) ? [.. File.ReadLines(calls).Select(line => StorePath.Parse(line.Split(' ')[1]))] : [],
            Floor = Floor(own),
            Reports = [.. _reports.Values],
            Leftovers = !Directory.Exists(own) ? [] : [.. Directory.EnumerateFileSystemEntries(own, "*", SearchOption.AllDirectories)
                .Where(path => path.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(path)) == "spool"),
                ],
            Exposed = Directory.Exists(own) && (File.GetUnixFileMode(own) & OfOthers) != 0 ? [own] : [],
            State = state,
        };
    }

    /// <summary>What its area offers, which is remembered.</summary>
    public SeenRelease? Published()
    {
        var published = SeenRelease.Read(path => File.Exists(Path.Join(_area, path)) ? File.ReadAllBytes(Path.Join(_area, path)) : null);
        if (published is not null)
        {
            _releases[published.Id] = published;
        }

        return published;
    }

    private StorePath? Profile()
    {
        var profile = Path.Join(_directory, "profiles", "system");
        return Path.Exists(profile) ? StorePath.Parse(Directory.ResolveLinkTarget(profile, returnFinalTarget: true)!.FullName) : null;
    }

    private static StorePath? Link(string path) => new FileInfo(path).LinkTarget is { } target ? StorePath.Parse(target) : null;

    /// <summary>
    /// The higher one of the two copies of the journal; null when there is none. A torn copy would be a failure of its own.
    /// </summary>
    private static ReleaseNumber? Floor(string state) => new[] { "journal.json", "journal.copy.json" }
        .Select(name => Path.Join(state, name))
        .Where(File.Exists)
        .Select(path => JsonNode.Parse(File.ReadAllBytes(path))!)
        .Select(journal => (ReleaseNumber?)new ReleaseNumber(journal["epoch"]!.GetValue<long>(), journal["sequence"]!.GetValue<long>()))
        .Max();
}
