using Bento.Status;

namespace Bento.Dashboard.Tests;

/// <summary>Whatever a host, git or Nix wrote is shown as text.</summary>
public sealed class HostileTextTests(Chromium chromium)
{
    private const string Hostile =
        "</bdi></pre><script>window.stolen=1</script><img src=x onerror=window.stolen=1><svg onload=window.stolen=1> "
        + "\u202Egnp.exe {{7*7}} \"'><b>";

    private const string Question =
        "() => [typeof window.stolen, document.querySelectorAll('main script, main img, main b:not(.counts b, .legend b)').length]";

    [Theory(Timeout = 60_000)]
    [InlineData("/?state=attention&q=%22%3E%3Cscript%3Ewindow.stolen%3D1%3C/script%3E")]
    [InlineData("/")]
    [InlineData("/hosts/web-1")]
    [InlineData("/hosts/web-1/logs/0-12-1")]
    [InlineData("/hosts/%3Cscript%3Ewindow.stolen=1%3C%2Fscript%3E")]
    public async Task What_a_host_wrote_is_text(string path)
    {
        await using var bench = await DashboardBench.StartAsync(bench =>
        {
            var provenance = MadeHosts.Commit(1, bench.Now) with { Subject = Hostile, Tag = Hostile, Branch = Hostile };
            var host = MadeHosts.Host(0, bench.Now) with
            {
                State = HostState.Failing,
                Reason = Hostile,
                Remarks = [Hostile],
                AgentVersion = Hostile,
                Provenance = provenance,
            };
            var record = MadeHosts.Record(host, 1, bench.Now);
            bench.Fleet.Log = Hostile;
            bench.Fleet.Records = _ => record with
            {
                Releases = [.. record.Releases.Select(
                    release => release with { By = Hostile, Release = release.Release with { Provenance = provenance } })],
                Attempts = [.. record.Attempts.Select(
                    attempt => attempt with { Result = attempt.Result! with { Reason = Hostile, FailedUnits = [Hostile] } })],
            };
            bench.Fleet.Show([host]);
        });
        await bench.UntilAsync(look => look.HasPast);

        var page = await chromium.OpenAsync(new Uri(bench.Address, path));
        var found = await page.EvaluateFunctionAsync<System.Text.Json.JsonElement>(Question);

        Assert.Equal("[\"undefined\",0]", found.ToString());
        Assert.Equal("Bento", (await page.EvaluateExpressionAsync<string>("document.querySelector('.brand').textContent")).Trim());
        await page.CloseAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_log_of_many_megabytes_is_cut_on_the_page_and_whole_to_download()
    {
        await using var bench = await DashboardBench.StartAsync(bench =>
        {
            bench.Fleet.Log = $"first\n{new string('x', 3_000_000)}\nlast\n";
            bench.Fill(1);
        });
        await bench.UntilAsync(look => look.Number >= 1);

        var shown = await bench.GetAsync("/hosts/web-1/logs/0-12-1");
        using var response = await bench.Http.GetAsync(
            new Uri("/hosts/web-1/logs/0-12-1/raw", UriKind.Relative), TestContext.Current.CancellationToken);
        var raw = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.InRange(shown.Length, 200_000, 300_000);
        Assert.Contains("last", shown, StringComparison.Ordinal);
        Assert.StartsWith("first\n", raw, StringComparison.Ordinal);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
    }
}
