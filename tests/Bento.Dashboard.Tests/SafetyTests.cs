using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Dashboard.Tests;

/// <summary>What a browser is told, and what the dashboard refuses.</summary>
public sealed class SafetyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("/")]
    [InlineData("/rollout")]
    [InlineData("/hosts/web-1")]
    [InlineData("/hosts/nobody")]
    [InlineData("/hosts/web-1/logs/0-12-1")]
    [InlineData("/health")]
    public async Task A_page_has_nothing_inline_no_cookie_and_a_strict_policy(string path)
    {
        await using var bench = await StartAsync();

        using var response = await bench.Http.GetAsync(new Uri(path, UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'self'; script-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Server"));
        Assert.DoesNotMatch(new Regex("<style|<script(?! defer src=\"/assets/)| style=| on[a-z]+=|javascript:"), page);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Nothing_can_be_changed(string method)
    {
        await using var bench = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("/hosts/web-1", UriKind.Relative));

        using var response = await bench.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_name_for_this_machine_is_refused()
    {
        await using var bench = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Host = "evil.example.org";

        using var response = await bench.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_listens_on_this_machine_only_unless_it_is_told()
    {
        await using var application = global::Dashboard.Web.DashboardApplication.Create([], services => services.AddBento());

        var told = application.Configuration["urls"] ?? application.Services.GetRequiredService<IConfiguration>()["urls"];

        Assert.Equal("http://127.0.0.1:5180", told);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/hosts/nobody")]
    [InlineData("/hosts/web-1/logs/0-1-1")]
    [InlineData("/hosts/web-1/logs/0-99999999999999999999-1")]
    [InlineData("/hosts/..%2f..%2fetc%2fpasswd")]
    [InlineData("/assets/0/dashboard.css")]
    [InlineData("/nothing")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var bench = await StartAsync();

        using var response = await bench.Http.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("There is nothing here", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<DashboardBench> StartAsync()
    {
        var bench = await DashboardBench.StartAsync(bench => bench.Fill(40));
        await bench.UntilAsync(look => look.HasPast);
        return bench;
    }
}
