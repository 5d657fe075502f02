using System.Net.ServerSentEvents;
using Bento.Status;
using Dashboard.List;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bento.Dashboard.Tests;

/// <summary>Ten thousand hosts, and many readers: one look for all, and a page of fifty.</summary>
public sealed class TenThousandTests(Chromium chromium)
{
    private const int Many = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task However_many_read_there_is_one_look_and_a_fixed_number_of_reads()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fill(Many), new MadeClosures());
        await bench.UntilAsync(look => look.HasPast);
        var past = bench.Fleet.Reads.Count;
        Assert.Equal(Many / 500, past);

        var pages = await Task.WhenAll(Enumerable.Range(1, 40).Select(page => bench.GetAsync($"/?page={page}&sort=host&q=e")));
        Assert.All(pages, page => Assert.InRange(page.Length, 10_000, 150_000));
        Assert.Equal(past, bench.Fleet.Reads.Count);

        _ = await bench.GetAsync("/hosts/web-1250");
        Assert.Equal(["record web-1250"], bench.Fleet.Reads.Skip(past));
        _ = await bench.GetAsync("/hosts/web-1250/logs/0-12-1");
        Assert.Equal(["record web-1250", "log web-1250 12"], bench.Fleet.Reads.Skip(past));
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_reader_is_told_of_the_same_look()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fill(Many));
        await bench.UntilAsync(look => look.HasPast);
        var before = bench.Fleet.Looks;
        var readers = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
            SseParser.Create(await bench.Http.GetStreamAsync(new Uri("/events", UriKind.Relative), Token)).EnumerateAsync(Token)
                .GetAsyncEnumerator(Token)));

        // The first event says where the reader begins, the second is the next look.
        foreach (var reader in readers)
        {
            Assert.True(await reader.MoveNextAsync());
        }

        bench.Fleet.Show(bench.Fleet.Hosts);
        var told = await Task.WhenAll(readers.Select(async reader => await reader.MoveNextAsync() ? reader.Current.EventType : "end"));

        Assert.All(told, what => Assert.Equal("look", what));
        Assert.InRange(bench.Fleet.Looks - before, 1, 10);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_view_is_its_address_and_a_page_stays_small()
    {
        await using var bench = await DashboardBench.StartAsync(bench => bench.Fill(Many));
        await bench.UntilAsync(look => look.HasPast);
        var page = await chromium.OpenAsync(bench.Address);

        await page.TypeAsync("input[name=q]", "laptop");
        await page.SelectAsync("select[name=state]", "rollbacked");
        await page.WaitForFunctionAsync("() => location.search.includes('state=rollbacked')");
        await page.WaitForSelectorAsync("#hosts tbody tr");
        var address = new Uri(page.Url);
        var other = await chromium.OpenAsync(address);
        var names = await other.EvaluateExpressionAsync<string[]>(
            "[...document.querySelectorAll('#hosts tbody th')].map(th => th.textContent)");
        var elements = await other.EvaluateExpressionAsync<int>("document.querySelectorAll('*').length");

        Assert.All(names, name => Assert.StartsWith("laptop-", name, StringComparison.Ordinal));
        Assert.InRange(names.Length, 1, 50);
        Assert.InRange(elements, 100, 3000);
        await page.CloseAsync();
        await other.CloseAsync();
    }

    [Fact]
    public void Names_are_in_natural_order_and_pages_do_not_overlap()
    {
        var hosts = MadeHosts.Fleet(Many, DateTimeOffset.UnixEpoch);
        var query = new FleetQuery { Order = FleetOrder.Host };

        var names = Enumerable.Range(1, Many / FleetQuery.PageSize)
            .SelectMany(page => FleetSlice.Of(hosts, query with { Page = page }).Hosts).Select(host => host.Host.ToString()).ToList();

        Assert.Equal(Many, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["build-1", "build-2", "build-3"], names.Take(3));
        Assert.True(names.IndexOf("web-2") < names.IndexOf("web-10"));
        Assert.Equal(names[^1], FleetSlice.Of(hosts, query with { Page = int.MaxValue }).Hosts[^1].Host.ToString());
        Assert.Equal("web-1250", FleetSlice.Of(hosts, query with { IsDescending = true }).Hosts[0].Host.ToString());
    }

    [Theory]
    [InlineData("?q=web&state=failing&sort=seen&desc=1&days=30&page=3", "/?q=web&state=failing&sort=seen&desc=1&days=30&page=3")]
    [InlineData("?state=attention", "/?state=attention")]
    [InlineData("?state=nonsense&sort=77&page=-1&days=1000000&desc=yes", "/")]
    [InlineData("?page=99999999999999999999", "/")]
    public void An_address_is_read_as_it_is_written(string address, string expected)
    {
        var query = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address)
            .ToDictionary(value => value.Key, value => new StringValues(value.Value.ToString()), StringComparer.Ordinal));

        Assert.Equal(expected, FleetQuery.Parse(query).ToAddress());
    }

    [Fact]
    public void What_needs_attention_comes_first_and_the_state_can_be_chosen()
    {
        var hosts = MadeHosts.Fleet(200, DateTimeOffset.UnixEpoch);

        var first = FleetSlice.Of(hosts, new FleetQuery());
        var silent = FleetSlice.Of(hosts, new FleetQuery { State = "silent" });

        Assert.True(first.Hosts[0].NeedsAttention);
        Assert.Equal(hosts.Count(host => host.State == HostState.Silent), silent.Matching);
        Assert.All(silent.Hosts, host => Assert.Equal(HostState.Silent, host.State));
    }
}
