using System.Globalization;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;

namespace Bento.Cli.Tests.Agent;

/// <summary>The agent of a host that gets its system whole, killed as a process while it fetches, on a real Nix.</summary>
public sealed class SmallHostKillTests : IDisposable
{
    private const int Megabytes = 4;

    private readonly SmallHostProcesses _host = new();

    public SmallHostKillTests() => Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");

    public void Dispose() => _host.Dispose();

    [Fact(Timeout = 240_000)]
    public async Task FA1_FD1_a_fetch_that_is_killed_at_any_write_goes_on_in_the_next_run()
    {
        var (killed, kept, version) = (0, 0, 0);
        var kills = new[]
        {
            ("pwrite64", 3), ("pwrite64", 6), ("pwrite64", 9), ("pwrite64", 12), ("pwrite64", 40), ("rename", 2), ("rename", 4),
        };
        foreach (var (call, n) in kills)
        {
            await _host.PublishAsync($"{++version}", Megabytes);
            var old = _host.Running;
            var run = await CliProcess.RunAsync(
                "strace", [.. Kill.At(call, n), CliProcess.Program, "agent", "once", "--config", _host.Configuration], _host.Environment);
            if (run.ExitCode != ExitCodes.Success)
            {
                // How many writes a fetch takes depends on how it is cut into pieces: a kill may come as late as after the switch.
                var isFetching = _host.FetchedBytes() > 0;
                killed++;
                kept += isFetching ? 1 : 0;
                Assert.True(
                    _host.Running == old || (!isFetching && IsRunning(version)),
                    $"After a kill at {call} {n} the host runs {_host.Running}.");
            }

            var next = await CliProcess.RunAsync(_host.Environment, "agent", "once", "--config", _host.Configuration);

            Assert.True(next.ExitCode == ExitCodes.Success, $"After a kill at {call} {n} the next run says: {next.Error}");
            Assert.True(IsRunning(version), $"After a kill at {call} {n} and another run the host runs {_host.Running}.");
            Assert.Equal(0, _host.FetchedBytes());
        }

        Assert.True(killed >= 3, $"Only {killed} of the runs were killed.");
        Assert.True(kept >= 1, "No kill left a part of the closure behind.");
        _host.VerifyStore();
    }

    private bool IsRunning(int version) =>
        _host.Running?.EndsWith(string.Create(CultureInfo.InvariantCulture, $"-web-{version}"), StringComparison.Ordinal) == true;
}
