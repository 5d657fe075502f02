using Bento.Cli.Terminal;
using Bento.Cli.Tests.Status;

namespace Bento.Cli.Tests.History;

public sealed class LogsCommandTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_newest_log_is_shown_and_an_older_one_on_demand()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web", "FetchFailed", "no route", willRetry: true);
        _bench.Log("web", "first\n");
        _bench.Report("web", attempt: 2);
        _bench.Log("web", "second\n", attempt: 2);

        var newest = await _bench.RunAsync("logs", "web");
        var first = await _bench.RunAsync("logs", "web", "--attempt", "1");
        var named = await _bench.RunAsync("logs", "web", "--attempt", "1-1");

        Assert.Equal((ExitCodes.Success, "second\n"), (newest.ExitCode, newest.Out));
        Assert.Contains("web: release 1, attempt 2, ", newest.Error, StringComparison.Ordinal);
        Assert.Equal("first\n", first.Out);
        Assert.Equal("first\n", named.Out);
    }

    [Theory]
    [InlineData("\u001b[2J\u001b]52;c;cm0gLXJm\u0007visible")]
    [InlineData("\u0000\u0007\u0008\u000b\u001bcvisible")]
    [InlineData("\u0080\u009b31m\u009fvisible")]
    [InlineData("visible\rover")]
    [InlineData("\u00ff\u00fe visible")]
    public async Task H9_control_sequences_reach_nobody_who_did_not_ask_for_them(string text)
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");
        _bench.Log("web", text);

        var plain = await _bench.RunAsync("logs", "web");
        var raw = await _bench.RunAsync("logs", "web", "--raw");

        Assert.Contains("visible", plain.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(plain.Out, c => (c < ' ' && c is not '\n') || c is >= '\u007f' and <= '\u009f' or '\u202e');
        Assert.Contains("it may contain control sequences for your terminal", raw.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H9_raw_is_what_the_host_wrote()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");
        _bench.Log("web", "\u001b[31mred");

        Assert.Equal("\u001b[31mred", (await _bench.RunAsync("logs", "web", "--raw")).Out);
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_told_and_the_code_says_so()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");

        var run = await _bench.RunAsync("logs", "web");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains("bento history web", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../etc")]
    [InlineData("web", "--attempt", "x")]
    [InlineData("web", "--attempt", "1-2-3")]
    public async Task A_host_and_an_attempt_have_their_grammar(params string[] arguments) =>
        Assert.Equal(ExitCodes.Usage, (await _bench.RunAsync(["logs", .. arguments])).ExitCode);

    [Fact]
    public async Task A_host_that_nobody_knows_is_told_with_those_that_are_near()
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync("logs", "wed");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("Did you mean web?", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Following_shows_each_log_when_it_arrives()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web", "FetchFailed", "no route", willRetry: true);
        _bench.Log("web", "first\n");
        using var process = CliProcess.Start(
            CliProcess.Program, ["logs", "web", "--follow"], new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory });

        Assert.Equal("first", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        _bench.Log("web", "second\n", attempt: 2);
        _bench.Report("web", attempt: 2);
        Assert.Equal("second", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        _ = TestBench.Shell.Run("kill", "-INT", $"{process.Id}");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
        Assert.DoesNotContain("interrupted", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_waits_for_the_first_log_is_told_once_that_there_is_none()
    {
        await _bench.PublishAsync("web");
        await _bench.PublishAsync("db");
        using var process = CliProcess.Start(
            CliProcess.Program, ["logs", "web", "--follow"], new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory });
        Assert.Contains("yet", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        _bench.Report("db");
        _bench.Report("web");
        _bench.Log("web", "first\n");
        Assert.Equal("first", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        _ = TestBench.Shell.Run("kill", "-INT", $"{process.Id}");
        Assert.DoesNotContain(
            "no such log", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Of_a_host_of_bash_bento_it_says_where_the_log_is()
    {
        await _bench.PublishAsync("web");
        var name = $"20260101-1200_{StatusBench.System("web").BaseName}_autoupdate.log.gz";
        await File.WriteAllTextAsync(
            Path.Join(_bench.Directory, ".bento", "areas", "web", "logs", name), "x", TestContext.Current.CancellationToken);

        var run = await _bench.RunAsync("logs", "web");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains($"To read the newest: zcat logs/{name}", run.Error, StringComparison.Ordinal);
    }
}
