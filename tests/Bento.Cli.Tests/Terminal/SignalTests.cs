using Bento.Cli.Terminal;
using Bento.Cli.Tests.Status;

namespace Bento.Cli.Tests.Terminal;

/// <summary>What the system tells the program besides its arguments: that its reader or its terminal has gone.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_command_that_shows_again_and_again_ends_when_nobody_reads_any_more()
    {
        await _bench.PublishAsync("web");

        var run = await ShellAsync($"{CliProcess.Program} status --directory {_bench.Directory} 1 | head -n 1; echo ${{PIPESTATUS[0]}}");

        Assert.EndsWith($"\n{ExitCodes.OutputClosed}\n", $"\n{run.Out}", StringComparison.Ordinal);
        Assert.DoesNotContain("pipe", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_pipe_that_does_not_wait_for_its_reader_loses_nothing()
    {
        var hosts = Enumerable.Range(0, 200).Select(index => $"host-{index:000}").ToList();
        foreach (var host in hosts)
        {
            await _bench.PublishAsync(host);
        }

        var run = await ShellAsync(
            $"perl -e 'use Fcntl; fcntl(STDOUT, F_SETFL, O_WRONLY | O_NONBLOCK); exec @ARGV' {CliProcess.Program} status --json "
                + $"--directory {_bench.Directory} | (sleep 2; wc -c; cat > /dev/null); echo ${{PIPESTATUS[0]}}");

        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("0", lines[^1]);
        Assert.True(int.Parse(lines[0], null) > 64 * 1024, run.Out + run.Error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", 130)]
    [InlineData("trap '' HUP;", 0)]
    public async Task The_end_of_a_terminal_stops_a_command_in_order_unless_it_is_told_to_stay(string before, int code)
    {
        await _bench.PublishAsync("web");

        // The second signal ends the one that stays.
        var run = await ShellAsync(
            $"{before} {CliProcess.Program} status --directory {_bench.Directory} 1 > {_bench.Directory}/out & pid=$!; until test -s "
            + $"{_bench.Directory}/out; do sleep 0.1; done; "
                + "kill -HUP $pid; sleep 1; kill -0 $pid 2> /dev/null && { echo stays; kill -TERM $pid; }; wait $pid; echo $?");

        Assert.Equal(code == 0 ? "stays\n130\n" : "130\n", run.Out);
    }

    private static Task<CliProcess> ShellAsync(string script) =>
        CliProcess.RunAsync("bash", ["-c", script], new Dictionary<string, string?>());
}
