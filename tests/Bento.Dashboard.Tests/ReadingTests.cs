using PuppeteerSharp;
using PuppeteerSharp.PageAccessibility;

namespace Bento.Dashboard.Tests;

/// <summary>Without a script, without a mouse, and by ear.</summary>
public sealed class ReadingTests(Chromium chromium)
{
    [Fact(Timeout = 60_000)]
    public async Task Without_script_there_are_the_same_tables_links_and_filters()
    {
        await using var bench = await StartAsync();
        var page = await chromium.OpenAsync(bench.Address, runsScript: false);

        Assert.Equal(50, (await page.QuerySelectorAllAsync("#hosts tbody tr")).Length);
        await page.TypeAsync("input[name=q]", "laptop");
        await Task.WhenAll(page.WaitForNavigationAsync(), page.ClickAsync(".filter button"));
        Assert.EndsWith("/?q=laptop&state=", page.Url, StringComparison.Ordinal);
        await Task.WhenAll(page.WaitForNavigationAsync(), page.ClickAsync("#hosts tbody th a"));
        Assert.Contains("/hosts/laptop-", page.Url, StringComparison.Ordinal);
        Assert.NotEmpty(await page.QuerySelectorAllAsync(".history .card"));
        await page.CloseAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_keyboard_goes_from_the_top_to_the_list_and_skips_to_the_content()
    {
        await using var bench = await StartAsync();
        var page = await chromium.OpenAsync(bench.Address);

        var way = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            await page.Keyboard.PressAsync("Tab");
            way.Add(await FocusAsync(page));
        }

        Assert.Equal(["Skip to the content", "Bento", "Fleet", "Rollout"], way.Take(4));
        await page.EvaluateExpressionAsync("document.querySelector('.skip').focus()");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateExpressionAsync<string>("document.activeElement.id"));
        Assert.Equal(0, await page.EvaluateExpressionAsync<int>(
            "document.querySelectorAll('[tabindex]:not([tabindex=\"0\"], [tabindex=\"-1\"])').length"));
        await page.CloseAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_look_changes_the_page_in_place_and_leaves_focus_and_open_parts_alone()
    {
        await using var bench = await StartAsync();
        var page = await chromium.OpenAsync(bench.Address);
        await page.EvaluateExpressionAsync(
            "document.querySelector('#numbers-states').open = true; document.querySelector('#hosts tbody th a').focus(); window.kept = 1");
        var focused = await FocusAsync(page);

        bench.Fleet.Show([.. bench.Fleet.Hosts.Select(
            host => host.Host.ToString() == focused ? host with { Reason = "Something new." } : host)]);
        await page.WaitForFunctionAsync("() => document.querySelector('#hosts').innerText.includes('Something new.')");

        Assert.Equal(focused, await FocusAsync(page));
        Assert.Equal("1 true", await page.EvaluateExpressionAsync<string>(
            "`${window.kept} ${document.querySelector('#numbers-states').open}`"));
        await page.CloseAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/")]
    [InlineData("/rollout")]
    [InlineData("/hosts/edge-9")]
    public async Task Whatever_can_be_used_has_a_name_and_tables_have_heads(string path)
    {
        await using var bench = await StartAsync();
        var page = await chromium.OpenAsync(new Uri(bench.Address, path));

        var tree = await page.Accessibility.SnapshotAsync();
        var nameless = Nodes(tree).Where(node => node.Role is "link" or "button" or "combobox" or "searchbox" or "image" or "region"
            && string.IsNullOrWhiteSpace(node.Name)).Select(node => node.Role);

        Assert.Empty(nameless);
        Assert.Single(Nodes(tree), node => node is { Role: "heading", Level: 1 });
        Assert.Equal(0, await page.EvaluateExpressionAsync<int>(
            "[...document.querySelectorAll('table')].filter(table => !table.querySelector('thead th[scope=col]')).length"));
        Assert.Equal("en", await page.EvaluateExpressionAsync<string>("document.documentElement.lang"));
        await page.CloseAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_state_is_a_sign_a_word_and_a_colour()
    {
        await using var bench = await StartAsync();
        var page = await chromium.OpenAsync(bench.Address);

        var marks = await page.EvaluateExpressionAsync<string[]>(
            "[...new Set([...document.querySelectorAll('#hosts .state')].map(mark => `${mark.textContent.trim()} ${mark.className}`))]");

        Assert.Contains("!failing state wrong", marks);
        Assert.Contains("↻rebuild pending state moving", marks);
        Assert.All(marks, mark => Assert.Matches("^[!↻✓][a-z ]+ state (wrong|moving|well)$", mark));
        await page.CloseAsync();
    }

    private static async Task<DashboardBench> StartAsync()
    {
        var bench = await DashboardBench.StartAsync(
            bench =>
            {
                bench.Fill(240);
                bench.Rollout.Status = MadeRollouts.Running(bench.Now);
            },
            new MadeClosures());
        await bench.UntilAsync(look => look.HasPast);
        return bench;
    }

    private static Task<string> FocusAsync(IPage page) => page.EvaluateExpressionAsync<string>("document.activeElement.textContent.trim()");

    private static IEnumerable<SerializedAXNode> Nodes(SerializedAXNode node) =>
        (node.Children ?? []).SelectMany(Nodes).Prepend(node);
}
