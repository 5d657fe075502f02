using Bento.Hosts;

namespace Bento.Engine.Tests.Publishing;

/// <summary>Which hosts a deploy is about.</summary>
public sealed class DeployerSelectionTests : IDisposable
{
    private readonly DeployBench _bench = new(options => options.Hosts["far"] = new BentoHostOptions { EvaluateOnly = true });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task S24_a_selection_touches_nobody_else()
    {
        _bench.Flake("a", "h1", "h2");
        _bench.Flake("b", "h3!eval");
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");

        var report = await _bench.DeployAsync("h1");

        Assert.Equal(["h1 Published 1"], DeployBench.Lines(report));
        Assert.DoesNotContain("list router", _bench.Builder.Calls);
        Assert.Equal("build h1", _bench.Builder.Calls[^1]);
        Assert.Equal(["h1"], _bench.Changes().Select(change => change.Split(' ')[0]).Distinct());
    }

    [Fact]
    public async Task S25_a_channel_host_is_selected_by_the_name_of_its_directory()
    {
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");
        _bench.Directory.WriteFile("hosts/switch/configuration.nix", "{ }");

        Assert.Equal(["router Published 1"], DeployBench.Lines(await _bench.DeployAsync("router")));
        Assert.Null(_bench.Current("switch"));
    }

    [Fact]
    public async Task S26_a_selection_of_nobody_says_who_is_near_channel_hosts_included()
    {
        _bench.Flake("a", "web-1");
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ }");

        var flake = await Assert.ThrowsAsync<InvalidFleetException>(() => _bench.DeployAsync("web-9"));
        var channel = await Assert.ThrowsAsync<InvalidFleetException>(() => _bench.DeployAsync("ruoter"));

        Assert.Contains("Did you mean web-1?", flake.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean router?", channel.Message, StringComparison.Ordinal);
    }
}
