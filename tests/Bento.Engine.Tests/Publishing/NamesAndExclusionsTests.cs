using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Publishing;

/// <summary>What is a host, what is called how, and what is found before anything is published.</summary>
public sealed class NamesAndExclusionsTests
{
    [Fact]
    public async Task A_host_may_have_another_name_than_its_attribute()
    {
        using var bench = new DeployBench(options => options.Hosts["web"] = new BentoHostOptions { Attribute = "web.example.org" });
        bench.Flake("lab", "web.example.org");

        Assert.Equal(["web Published 1"], DeployBench.Lines(await bench.DeployAsync()));
        Assert.Equal("web.example.org", bench.Current("web")!.Attribute);
        Assert.Equal(["web Unchanged 1"], DeployBench.Lines(await bench.DeployAsync()));
        Assert.Equal(["web Unchanged 1"], DeployBench.Lines(await bench.DeployAsync("web")));
    }

    [Fact]
    public async Task An_attribute_that_cannot_be_a_name_is_told_with_both_ways_out()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "web.example.org");

        var problem = Assert.Single((await bench.DeployAsync()).Problems);

        Assert.EndsWith(
            "Give it a name (attribute of a host), or leave it out (ignoreAttributes).", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_that_are_no_hosts_are_neither_evaluated_nor_a_problem()
    {
        using var bench = new DeployBench(options =>
        {
            options.IgnoreAttributes.Add("iso");
            options.IgnoreAttributes.Add("vm-*");
        });
        bench.Flake("lab", "web", "iso", "vm-test.1");

        var first = await bench.DeployAsync();
        var second = await bench.DeployAsync();

        Assert.True(first.IsSuccess && second.IsSuccess);
        Assert.Equal(["web Published 1"], DeployBench.Lines(first));
        Assert.Equal(["web Unchanged 1"], DeployBench.Lines(second));
    }

    [Fact]
    public async Task A_directory_that_describes_no_host_is_remarked_on_and_fails_nothing()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "web");
        bench.Directory.WriteFile("hosts/common/base.nix");

        var report = await bench.DeployAsync();

        Assert.True(report.IsSuccess);
        Assert.Contains("hosts/common: It describes no host: it has neither a flake.nix nor a configuration.nix.", report.Remarks);
    }

    [Fact]
    public async Task A_directory_that_is_ignored_is_not_mentioned_and_one_of_a_known_host_is_a_problem()
    {
        using var bench = new DeployBench(options =>
        {
            options.IgnoreDirectories.Add("common");
            options.Hosts["db"] = new BentoHostOptions();
        });
        bench.Flake("lab", "web");
        bench.Directory.WriteFile("hosts/common/base.nix");
        bench.Directory.WriteFile("hosts/db/README");

        var report = await bench.DeployAsync();

        Assert.DoesNotContain(report.Remarks, remark => remark.Contains("common", StringComparison.Ordinal));
        Assert.StartsWith("hosts/db: It describes no host", Assert.Single(report.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_that_no_host_would_take_is_found_before_anything_is_published()
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "web");
        using (var file = new FileStream(bench.Directory["hosts/lab/disk.raw"], FileMode.CreateNew))
        {
            file.SetLength(TreeLimits.MaxBytes + 1);
        }

        var report = await bench.DeployAsync();

        Assert.Empty(report.Hosts);
        Assert.StartsWith(
            "hosts/lab: Its files have more than 1073741824 bytes", Assert.Single(report.Problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secrets.nix", "{ }", "agenix")]
    [InlineData("web/password.age", "age-encryption.org/v1", "agenix")]
    [InlineData("common.yaml", "password: ENC[AES256_GCM,data:x]\nsops:\n  version: 3\n", "sops")]
    public async Task Secrets_of_another_tool_are_found_before_anything_is_published(string file, string text, string tool)
    {
        using var bench = new DeployBench();
        bench.Flake("lab", "web");
        bench.Directory.WriteFile($"hosts/lab/secrets/{file}", text);

        var report = await bench.DeployAsync();

        Assert.Empty(report.Hosts);
        Assert.StartsWith(
            $"hosts/lab/secrets: '{file}' in it belongs to {tool}", Assert.Single(report.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_name_for_the_secrets_of_bento_those_of_another_tool_are_shipped()
    {
        using var bench = new DeployBench(options => options.HostSecretsDirectory = "private");
        bench.Flake("lab", "web");
        bench.Directory.WriteFile("hosts/lab/secrets/password.age");
        bench.Directory.WriteFile("hosts/lab/private/.gitkeep");

        Assert.Equal(["web Published 1"], DeployBench.Lines(await bench.DeployAsync()));
        Assert.Equal(2, bench.Current("web")!.Content.FileCount);
    }

    [Fact]
    public void Two_hosts_cannot_have_one_attribute()
    {
        var options = new BentoOptions { Directory = "/srv/bento" };
        options.Hosts["web"] = new BentoHostOptions { Attribute = "x" };
        options.Hosts["db"] = new BentoHostOptions { Attribute = "x" };

        Assert.Single(new BentoOptionsRules().Check(options));
    }
}
