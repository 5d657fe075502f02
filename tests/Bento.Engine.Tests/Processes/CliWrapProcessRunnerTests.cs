using System.Text;
using Bento.Processes;
using Bento.TestBench;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Processes;

public sealed class CliWrapProcessRunnerTests
{
    private const int Timeout = 60_000;

    private readonly CliWrapProcessRunner _runner = new(TimeProvider.System);

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("\"")]
    [InlineData("a\\\"b\\\\")]
    [InlineData("trailing\\")]
    [InlineData("$(echo no) `no` ${HOME} * ~ ; & | > <")]
    [InlineData("line\nfeed\ttab\r")]
    [InlineData("'single' \"double\"")]
    [InlineData("日本 é")]
    public async Task An_argument_arrives_as_it_is(string argument)
    {
        var outcome = await _runner.RunAsync(new("printf", ["%s|", argument, "end"]), TestContext.Current.CancellationToken);

        Assert.Equal($"{argument}|end|", outcome.Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_fails_is_an_outcome()
    {
        var outcome = await _runner.RunAsync(new("sh", ["-c", "echo out; echo err >&2; exit 7"]), TestContext.Current.CancellationToken);

        Assert.Equal(new ProcessOutcome(7, "out\n", "err\n"), outcome);
        Assert.False(outcome.IsSuccess);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_a_signal_ends_has_the_exit_code_that_shells_give_it() =>
        Assert.Equal(128 + 9, (await _runner.RunAsync(new("sh", ["-c", "kill -9 $$"]), TestContext.Current.CancellationToken)).ExitCode);

    [Fact(Timeout = Timeout)]
    public async Task Lines_arrive_as_they_are_printed_and_without_their_ends()
    {
        List<string> output = [];
        List<string> error = [];

        await _runner.RunAsync(
            new("sh", ["-c", "printf 'a\\r\\n\\nb'; printf 'x\\ny\\n' >&2"]) { OnOutputLine = output.Add, OnErrorLine = error.Add },
            TestContext.Current.CancellationToken);

        Assert.Equal(["a", "", "b"], output);
        Assert.Equal(["x", "y"], error);
    }

    [Fact(Timeout = Timeout)]
    public async Task Much_output_is_read_to_its_end_and_kept_in_bounds()
    {
        List<int> lengths = [];

        var outcome = await _runner.RunAsync(
            new(
                "sh",
                ["-c", "head -c 3000000 /dev/zero | tr '\\0' x; (echo first; head -c 3000000 /dev/zero | tr '\\0' y; echo; echo last) >&2"])
            {
                MaxOutputLength = 1000,
                MaxLineLength = 2000,
                OnErrorLine = line => lengths.Add(line.Length),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(0, outcome.ExitCode);
        Assert.True(outcome.IsOutputCut);
        Assert.Equal(1000, outcome.Output.Length);
        Assert.StartsWith("first\nyyy", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("yyy\nlast\n", outcome.Error, StringComparison.Ordinal);
        Assert.InRange(outcome.Error.Length, 100_000, 140_000);
        Assert.Equal([5, 2000, 4], lengths);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_callback_that_throws_does_not_stop_the_program_and_is_heard_of()
    {
        using var marker = new TempFile();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _runner.RunAsync(
            new("sh", ["-c", $"for i in 1 2 3; do echo $i; done; head -c 200000 /dev/zero; echo done > {marker.Path}"])
            {
                OnOutputLine = line => throw new InvalidOperationException(line),
            },
            TestContext.Current.CancellationToken));

        Assert.Equal("1", exception.Message);
        Assert.Equal("done\n", await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task Environment_directory_and_input_are_passed_on()
    {
        var outcome = await _runner.RunAsync(
            new("sh", ["-c", "echo $SET; echo ${HOME-none}; test -n \"$PATH\"; pwd; cat"])
            {
                Environment = new Dictionary<string, string?> { ["SET"] = "a b", ["HOME"] = null },
                WorkingDirectory = "/usr",
                Input = Encoding.UTF8.GetBytes("typed"),
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("a b\nnone\n/usr\ntyped", outcome.Output);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("no-such-program-of-bento")]
    [InlineData("/nowhere/nix")]
    public async Task A_missing_program_is_told_from_one_that_fails(string program)
    {
        var exception = await Assert.ThrowsAsync<ProcessStartException>(
            () => _runner.RunAsync(new(program, []), TestContext.Current.CancellationToken));

        Assert.True(exception.IsMissing);
        Assert.Equal(program, exception.Program);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/etc/passwd", null)]
    [InlineData("true", "/nowhere")]
    public async Task A_program_that_cannot_be_started_is_not_called_missing(string program, string? directory)
    {
        var exception = await Assert.ThrowsAsync<ProcessStartException>(() =>
            _runner.RunAsync(new(program, []) { WorkingDirectory = directory }, TestContext.Current.CancellationToken));

        Assert.False(exception.IsMissing);
    }

    [Fact(Timeout = Timeout)]
    public async Task Stopping_interrupts_first_so_that_the_program_can_clean_up()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var marker = new TempFile();

        // Waiting in slices: a shell runs its trap only between two commands.
        var run = RunAndStopAsync(
            _runner, $"trap 'echo cleaned > {marker.Path}; exit 0' INT; echo ready; while :; do sleep 0.05; done", stop.Cancel, stop.Token);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(stop.Token, exception.CancellationToken);
        Assert.Equal("cleaned\n", await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_that_ignores_the_interruption_is_killed_with_its_children()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var marker = new TempFile();
        var time = new FakeTimeProvider();

        var run = RunAndStopAsync(
            new CliWrapProcessRunner(time),
            $"trap '' INT; sleep 300 & echo $! > {marker.Path}; echo ready; wait; wait",
            StopForGood,
            stop.Token);


        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        var child = await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken);
        Assert.True(
            SpinWait.SpinUntil(() => IsGone(child), TimeSpan.FromSeconds(10)), "A killed child takes a moment to be gone, but no longer.");

        void StopForGood()
        {
            stop.Cancel();
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Theory(Timeout = Timeout)]
    [InlineData("echo done; sleep 300 & echo $! > {0}")]
    [InlineData("echo done; sleep 300 & echo $! > {0}; sleep 0.2")]
    public async Task A_program_has_ended_when_it_has_ended_though_what_it_started_holds_its_output(string script)
    {
        using var marker = new TempFile();
        var clock = new FakeTimeProvider();

        var run = new CliWrapProcessRunner(clock).RunAsync(
            new("sh", ["-c", string.Format(null, script, marker.Path)]), TestContext.Current.CancellationToken);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal((0, "done\n"), ((await run).ExitCode, (await run).Output));
        Assert.False(IsGone(await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken)));
        _ = Shell.Run("kill", (await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken)).Trim());
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_is_started_when_it_is_stopped_before()
    {
        using var marker = new TempFile();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _runner.RunAsync(new("sh", ["-c", $"echo no > {marker.Path}"]), new CancellationToken(canceled: true)));

        Assert.Empty(await File.ReadAllTextAsync(marker.Path, TestContext.Current.CancellationToken));
    }

    // A child without its parent may stay as a zombie until init takes it; it runs no more.
    private static bool IsGone(string pid)
    {
        var stat = $"/proc/{pid.Trim()}/stat";
        return !File.Exists(stat) || File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
    }

    private static async Task RunAndStopAsync(CliWrapProcessRunner runner, string script, Action stop, CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = runner.RunAsync(new("sh", ["-c", script]) { OnOutputLine = _ => ready.TrySetResult() }, cancellationToken);
        await ready.Task;
        stop();
        await run;
    }

    private sealed class TempFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
