using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench.Fleet;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Sweep;

/// <summary>
/// One deploy on a real Nix, killed where it makes something visible, durable or gone. In every run at a few of these calls; <c>./test.sh
/// --sweep</c> does all of them.
/// </summary>
public sealed class PublisherSweepTests : IDisposable
{
    private readonly PrivateNixStore _nix;
    private readonly string _fleet;

    public PublisherSweepTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        _nix = new PrivateNixStore();
        _fleet = _nix.CreateDirectory("fleet");
    }

    [Fact(Timeout = 7_200_000)]
    public async Task FP1_a_deploy_that_is_killed_at_any_write_leaves_the_old_release_or_the_new_and_the_next_one_finishes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        Write(0);
        var trace = Path.Join(_nix.CreateDirectory("trace"), "calls");
        Assert.Equal(ExitCodes.Success, (await DeployAsync([.. Kill.Never(trace)])).ExitCode);
        var chosen = KillSweep.Choose([.. Kill.ReadWrites(trace)], usual: 5);
        var version = 0;
        var killed = 0;
        var before = Observe();
        foreach (var (call, n) in chosen)
        {
            Write(++version);
            killed += (await DeployAsync([.. Kill.At(call, n)])).ExitCode == ExitCodes.Success ? 0 : 1;
            var after = Observe();
            Assert.Empty(Invariants.Check(before, after).Select(rule => $"Killed at {call} {n}: {rule}"));

            var next = await DeployAsync();
            Assert.True(next.ExitCode == ExitCodes.Success, $"After a kill at {call} {n} the next deploy says: {next.Error}");
            var finished = Observe();
            Assert.Empty(Invariants.Check(after, finished)
                .Concat(Invariants.CheckSettled(finished))
                .Select(rule => $"Finished after a kill at {call} {n}: {rule}"));
            Assert.EndsWith($"-{version}", $"{finished.Published!.System}", StringComparison.Ordinal);
            before = finished;
        }

        Assert.True(killed >= chosen.Count / 2, $"Only {killed} kills of {chosen.Count}.");
    }

    public void Dispose() => _nix.Dispose();

    private void Write(int version) =>
        new TestFlake().With("web", new TestSystem { Version = $"{version}" }).WriteTo(Path.Join(_fleet, "hosts", "lab"));

    private Task<CliProcess> DeployAsync(params string[] strace)
    {
        var environment = new Dictionary<string, string?>(_nix.Environment) { ["BENTO_DIR"] = _fleet };
        return strace.Length == 0
            ? CliProcess.RunAsync(environment, "deploy")
            : CliProcess.RunAsync(
                "strace",
                [.. strace, CliProcess.Program, "deploy"],
                new Dictionary<string, string?>(SweepBench.OneThread.Concat(environment)));
    }

    private Observation Observe()
    {
        var area = Path.Join(_fleet, ".bento", "areas", "web");
        return new Observation
        {
            Host = HostName.Parse("web"),
            Published = SeenRelease.Read(path => File.Exists(Path.Join(area, path)) ? File.ReadAllBytes(Path.Join(area, path)) : null),
            Leftovers = [.. Directory.EnumerateFileSystemEntries(
                area, ".*.tmp", SearchOption.AllDirectories), .. Directory.EnumerateFileSystemEntries(Path.Join(_fleet, ".bento", "work"))],
        };
    }
}
