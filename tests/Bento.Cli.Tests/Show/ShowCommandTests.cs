using Bento.Cli.Terminal;
using Bento.Cli.Tests.Status;

namespace Bento.Cli.Tests.Show;

public sealed class ShowCommandTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Everything_about_a_host_is_on_one_screen_and_nothing_of_the_others()
    {
        await _bench.PublishAsync("db");
        await _bench.PublishAsync("web");
        _bench.Report("web", "BuildFailed", "no luck");

        var run = await _bench.RunAsync("show", "web");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        Assert.Matches("(?m)^state +! failing$", run.Out);
        Assert.Matches("(?m)^why +.*no luck", run.Out);
        Assert.Matches("(?m)^next +To see why: bento logs web$", run.Out);
        Assert.Matches($"(?m)^wanted +{StatusBench.System("web")}$", run.Out);
        Assert.Matches("(?m)^release +.*published .* ago by operator@server$", run.Out);
        Assert.Matches("(?m)^rules +never reboots by itself, goes back when it cannot confirm within 5 min$", run.Out);
        Assert.Contains("build failed after 12 s: no luck", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("db", run.Out, StringComparison.Ordinal);
        Assert.InRange(run.Out.Split('\n').Length, 1, 24);
    }

    [Fact]
    public async Task A_host_that_never_reported_says_so()
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync("show", "web");

        Assert.Matches("(?m)^seen +never$", run.Out);
        Assert.DoesNotMatch("(?m)^running", run.Out);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_an_error_with_a_hint()
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync("show", "wbe");

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("web", run.Error, StringComparison.Ordinal);
    }
}
