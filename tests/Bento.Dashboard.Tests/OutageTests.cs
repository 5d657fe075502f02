using System.Net;

namespace Bento.Dashboard.Tests;

/// <summary>A server that is away is an error, and never a fleet without hosts.</summary>
public sealed class OutageTests(Chromium chromium)
{
    private const string Outage = "The server 'sftp.example.org' cannot be reached: connection refused.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_fleet_that_was_never_seen_is_an_error_and_no_list()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fleet.Show([], Outage), interval: 1);
        await bench.UntilAsync(look => look.Fleet.Problem is not null);

        using var response = await bench.Http.GetAsync(new Uri("/", UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        using var health = await bench.Http.GetAsync(new Uri("/health", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Contains("Nothing is known of the fleet", page, StringComparison.Ordinal);
        Assert.Contains("connection refused", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
        Assert.DoesNotContain("no hosts", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No host matches", page, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fleet_without_hosts_says_so()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fleet.Show([]));
        await bench.UntilAsync(look => look.Fleet.SeenAt is not null);

        Assert.Contains("The fleet has no hosts yet", await bench.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_open_page_says_when_the_server_goes_and_comes_and_keeps_what_was_known()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fill(12), interval: 1);
        await bench.UntilAsync(look => look.Fleet.SeenAt is not null);
        var page = await chromium.OpenAsync(bench.Address);

        bench.Fleet.Show(bench.Fleet.Hosts, Outage);
        await page.WaitForSelectorAsync("#problem .banner");
        var text = await page.EvaluateExpressionAsync<string>("document.querySelector('#problem').innerText");
        var rows = await page.EvaluateExpressionAsync<int>("document.querySelectorAll('#hosts tbody tr').length");
        bench.Fleet.Show(bench.Fleet.Hosts);
        await page.WaitForFunctionAsync("() => !document.querySelector('#problem .banner')");

        Assert.Contains("connection refused", text, StringComparison.Ordinal);
        Assert.Contains("What follows is how the hosts stood before", text, StringComparison.Ordinal);
        Assert.Equal(12, rows);
        await page.CloseAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_open_page_says_that_the_dashboard_does_not_answer()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fill(3));
        await bench.UntilAsync(look => look.Fleet.SeenAt is not null);
        var page = await chromium.OpenAsync(bench.Address);
        Assert.True(await page.EvaluateExpressionAsync<bool>("document.getElementById('offline').hidden"));

        await bench.StopAsync();
        await page.WaitForFunctionAsync("() => !document.getElementById('offline').hidden");

        Assert.Equal(3, await page.EvaluateExpressionAsync<int>("document.querySelectorAll('#hosts tbody tr').length"));
        await page.CloseAsync();
    }
}
