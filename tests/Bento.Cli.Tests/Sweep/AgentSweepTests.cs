using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.TestBench.Fleet;

namespace Bento.Cli.Tests.Sweep;

/// <summary>
/// One update of a real agent over a real sshd on a real Nix, killed where it makes something visible, durable or gone; after each kill the
/// shared rules hold, and after two runs more host and server agree. In every run at a few of these calls; <c>./test.sh --sweep</c> does
/// all of them.
/// </summary>
public sealed class AgentSweepTests
{
    [Fact(Timeout = 7_200_000)]
    public async Task FD3_FA1_FR3_an_update_that_is_killed_at_any_write_breaks_no_rule_and_is_finished_by_the_next_run()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        await using var bench = await SweepBench.StartAsync();
        await bench.PublishAsync("0");
        Assert.Equal(ExitCodes.Success, (await bench.AgentAsync()).ExitCode);
        await bench.PublishAsync("1");
        Assert.Equal(ExitCodes.Success, (await bench.AgentAsync([.. Kill.Never(bench.Scratch("calls"))])).ExitCode);
        var calls = Kill.ReadWrites(bench.Scratch("calls")).ToList();
        Assert.True(calls.Count > 30, $"Only {calls.Count} calls: an update writes its journal before every phase, in two copies.");

        var version = 1;
        var killed = 0;
        var chosen = KillSweep.Choose(calls, usual: 6);
        var before = await bench.ObserveAsync();
        foreach (var (call, n) in chosen)
        {
            await bench.PublishAsync($"{++version}");
            var run = await bench.AgentAsync([.. Kill.At(call, n)]);
            killed += run.ExitCode == ExitCodes.Success ? 0 : 1;
            var after = await bench.ObserveAsync();
            Assert.Empty(Invariants.Check(before, after).Select(rule => $"Killed at {call} {n}: {rule}"));

            for (var poll = 0; poll < 2; poll++)
            {
                var next = await bench.AgentAsync();
                Assert.True(next.ExitCode == ExitCodes.Success, $"After a kill at {call} {n} the next run says: {next.Error}");
            }

            before = await bench.ObserveAsync();
            Assert.Empty(Invariants.Check(after, before)
                .Concat(Invariants.CheckSettled(before))
                .Select(rule => $"Two runs after a kill at {call} {n}: {rule}"));
            Assert.Equal(before.Published!.System, before.Running);
        }

        // Which thread does what is not the same in every run; that all are safe is.
        Assert.True(killed >= chosen.Count / 2, $"Only {killed} kills of {chosen.Count}.");
    }
}
