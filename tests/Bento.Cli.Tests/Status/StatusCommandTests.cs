using System.Text.Json;
using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Status;

public sealed class StatusCommandTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_summary_is_one_line_and_says_by_its_code_whether_all_is_well()
    {
        await _bench.PublishAsync("web");
        await _bench.PublishAsync("db");
        _bench.Report("web");
        var well = await _bench.RunAsync("status", "--summary");
        _bench.Report("db", "BuildFailed", "no luck");
        var bad = await _bench.RunAsync("status", "--summary");

        Assert.Equal((ExitCodes.Success, "2 hosts: 1 new machine, 1 up to date, all well\n"), (well.ExitCode, well.Out));
        Assert.Equal((ExitCodes.HostFailed, "2 hosts: 1 failing, 1 up to date, look at db\n"), (bad.ExitCode, bad.Out));
    }

    [Fact]
    public async Task States_choose_and_an_order_orders()
    {
        foreach (var host in (string[])["a", "b", "c"])
        {
            await _bench.PublishAsync(host);
        }

        _bench.Report("a");
        _bench.Report("c", "BuildFailed", "no luck");

        Assert.Equal(["c"], await HostsAsync("--state", "failing,silent"));
        Assert.Equal(["c", "b", "a"], await HostsAsync("--sort", "state"));
        Assert.Equal(["a", "b", "c"], await HostsAsync());
        Assert.Equal(["a", "c"], await HostsAsync("--on", "!b"));
        Assert.Equal(["c"], await HostsAsync("--on", ":failing"));
        Assert.Equal(["a", "b"], await HostsAsync("--on", "!:failing"));
    }

    [Theory]
    [InlineData("plan", "--on", ":silent")]
    [InlineData("deploy", "--on", ":silent")]
    [InlineData("build", "--on", ":silent")]
    [InlineData("refresh", "--on", ":silent")]
    [InlineData("history", ":silent")]
    [InlineData("diff", "--on", ":silent")]
    public async Task A_state_that_no_host_is_in_selects_nothing_and_says_so(params string[] arguments)
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync(arguments);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("No host is silent now.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_state_is_answered_with_a_suggestion_and_the_states()
    {
        var run = await _bench.RunAsync("status", "--state", "fialing");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(
            "Unknown state 'fialing'. Did you mean 'failing'? The states are new-machine, ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_order_is_answered_with_the_orders()
    {
        var run = await _bench.RunAsync("status", "--sort", "bogus");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("Cannot sort by 'bogus'. Choose one of: host, state, since, seen, release.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Bento.Cli", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_not_mounted_is_not_all_well()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web");
        Assert.Equal(ExitCodes.Success, (await _bench.RunAsync("status", "--summary")).ExitCode);
        Directory.Move(Path.Join(_bench.Directory, ".bento", "areas"), Path.Join(_bench.Directory, ".bento", "away"));

        var run = await _bench.RunAsync("status", "--summary");

        Assert.Equal((ExitCodes.HostFailed, "1 host: 1 up to date, look at web\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task A_delay_of_zero_shows_the_status_once()
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync("status", "0");

        Assert.Equal(await _bench.RunAsync("status"), run);
        Assert.Contains("new machine", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto-upgraded")]
    [InlineData("auto upgraded")]
    [InlineData("auto-updated")]
    public async Task States_may_be_written_as_the_table_shows_them_and_as_JSON_does(string state)
    {
        await _bench.PublishAsync("web");
        _bench.Report("web", "AutoUpdated", "nixpkgs moved");
        await _bench.PublishAsync("db");

        var run = await _bench.RunAsync("status", "--state", state);

        Assert.Contains("auto upgraded", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("db", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("99999999")]
    public async Task A_delay_is_a_number_of_seconds(string delay)
    {
        var run = await _bench.RunAsync("status", delay);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("from 0 (once) to 86400", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_has_a_schema_and_all_that_is_known()
    {
        await _bench.PublishAsync("web");
        _bench.Report("web", "Degraded");

        using var json = JsonDocument.Parse((await _bench.RunAsync("status", "--json")).Out);

        Assert.Equal(1, json.RootElement.GetProperty("schema").GetInt32());
        var host = Assert.Single(json.RootElement.GetProperty("hosts").EnumerateArray());
        Assert.Equal("up-to-date", host.GetProperty("state").GetString());
        Assert.Equal(12.5, host.GetProperty("lastDurationSeconds").GetDouble());
        Assert.True(host.GetProperty("needsAttention").GetBoolean());
        Assert.Equal(["degraded"], host.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!));
    }

    [Fact]
    public async Task Metrics_are_in_the_format_of_Prometheus()
    {
        await _bench.PublishAsync("web");
        await _bench.PublishAsync("new");
        _bench.Report("web");

        var lines = (await _bench.RunAsync("status", "--prometheus")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var name = StatusBench.System("web").BaseName;
        Assert.Contains("bento_hosts{state=\"up-to-date\"} 1", lines);
        Assert.Contains("bento_hosts{state=\"failing\"} 0", lines);
        Assert.Contains($"bento_host_info{{host=\"web\",release=\"1\",wanted=\"{name}\",running=\"{name}\"}} 1", lines);
        Assert.Contains("bento_host_last_attempt_duration_seconds{host=\"web\"} 12.5", lines);
        Assert.Contains("bento_host_reboot_pending{host=\"web\"} 0", lines);
        Assert.Contains(
            lines, line => line.StartsWith("bento_host_last_success_timestamp_seconds{host=\"web\"} 1", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines, line => line.StartsWith("bento_host_last_success_timestamp_seconds{host=\"new\"", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(
            @"^(# (HELP|TYPE) bento_[a-z_]+ .+|bento_[a-z_]+\{[a-z]+=""[^""\n]*""(,[a-z]+=""[^""\n]*"")*\} [0-9.E+-]+)$", line));
        Assert.All(lines.Where(line => line[0] != '#')
            .Select(line => line.Split('{')[0])
            .Distinct(), metric => Assert.Contains($"# TYPE {metric} gauge", lines));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("--watch")]
    public async Task Metrics_are_a_file_and_no_stream(string repeat)
    {
        var run = await _bench.RunAsync("status", "--prometheus", repeat);

        Assert.Equal((ExitCodes.Usage, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains("--prometheus", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_one_form_of_output_is_given()
    {
        var run = await _bench.RunAsync("status", "--json", "--summary");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--json, --summary and --prometheus", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task S40_what_happens_while_it_watches_is_drawn_also_when_nothing_was_there_at_first()
    {
        using var process = CliProcess.Start(
            CliProcess.Program, ["status", "1"], new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory });
        await _bench.PublishAsync("web");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("new machine", StringComparison.Ordinal))
        {
        }

        _bench.Report("web");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.Contains("up to date", StringComparison.Ordinal))
        {
        }

        _ = TestBench.Shell.Run("kill", "-INT", $"{process.Id}");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
        Assert.DoesNotContain("interrupted", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", "--on", "web,wbe")]
    [InlineData("history", "web,wbe")]
    [InlineData("diff", "--on", "web,wbe*")]
    public async Task A_name_among_others_that_matches_nothing_is_an_error_wherever_hosts_are_named(params string[] arguments)
    {
        await _bench.PublishAsync("web");

        var run = await _bench.RunAsync(arguments);

        Assert.Equal((ExitCodes.Configuration, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains("'wbe", run.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--json", """^\{"schema":1,"hosts":\[\{"host":"web".*\}$""")]
    [InlineData("--summary", "^1 host: ")]
    public async Task Who_watches_for_a_program_gives_one_line_a_look(string format, string line)
    {
        await _bench.PublishAsync("web");
        using var process = CliProcess.Start(
            CliProcess.Program, ["status", "1", format], new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory });

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Matches(line, await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        _ = TestBench.Shell.Run("kill", "-INT", $"{process.Id}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
    }

    private async Task<IEnumerable<string>> HostsAsync(params string[] options)
    {
        using var json = JsonDocument.Parse((await _bench.RunAsync(["status", "--json", .. options])).Out);
        return [.. json.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("host").GetString()!)];
    }
}
