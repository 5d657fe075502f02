using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Status;

namespace Bento.Cli.Tests.History;

public sealed class HistoryCommandTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Who_published_what_and_what_the_host_made_of_it_is_told_newest_first()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web", "BuildFailed", "no luck");

        var lines = (await _bench.RunAsync("history")).Out.Split('\n');

        Assert.StartsWith("WHEN (UTC)", lines[0], StringComparison.Ordinal);
        Assert.Contains("build failed after 12 s: no luck", lines[1], StringComparison.Ordinal);
        Assert.Contains($"published by operator@server: {StatusBench.System("web").BaseName}", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_leaves_the_oldest_out_and_says_so()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");

        var run = await _bench.RunAsync("history", "web", "--limit", "1");

        Assert.Contains("succeeded", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("published", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 older line:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_has_releases_and_attempts()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");
        _bench.Log("web", "text");

        using var json = JsonDocument.Parse((await _bench.RunAsync("history", "--json")).Out);

        var host = Assert.Single(json.RootElement.GetProperty("hosts").EnumerateArray());
        Assert.Equal("operator@server", Assert.Single(host.GetProperty("releases").EnumerateArray()).GetProperty("by").GetString());
        var attempt = Assert.Single(host.GetProperty("attempts").EnumerateArray());
        Assert.Equal(("succeeded", "kept"), (attempt.GetProperty("outcome").GetString(), attempt.GetProperty("log").GetString()));
    }

    [Fact]
    public async Task A_fleet_without_a_past_says_so()
    {
        var run = await _bench.RunAsync("history");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains("Nothing has been published yet.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_record_of_one_host_leaves_the_others_their_past()
    {
        await _bench.PublishAsync("db");
        await _bench.PublishAsync("web");
        _bench.Report("web");
        await File.WriteAllTextAsync(
            Path.Join(_bench.Directory, ".bento", "hosts", "db.json"), "garbage", TestContext.Current.CancellationToken);

        var run = await _bench.RunAsync("history");

        Assert.Equal(ExitCodes.HostFailed, run.ExitCode);
        Assert.Contains("The host switched to the system.", run.Out, StringComparison.Ordinal);
        Assert.Contains("bento: db: The record '", run.Error, StringComparison.Ordinal);
    }
}
