using Bento.Agents.Attempts;
using Bento.Building;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>A deploy with the real Nix, and the other side of it: what a host unpacks is the same flake and the same system.</summary>
[Trait("Uses", "Nix")]
public sealed class DeployWithNixTests : IDisposable
{
    private const int Timeout = 120_000;

    private readonly PrivateNixStore _store;
    private readonly DeployBench _bench;

    public DeployWithNixTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not on the PATH (apt-get install nix-bin).");
        Assert.SkipUnless(
            NixAccess.Current != NixAccess.PlainUser, "Bento runs as root here, and its private directories are closed to the plain user.");
        _store = new PrivateNixStore();
        _bench = new DeployBench(isNixReal: true, parts: builder => builder.ConfigureNix(_store.Configure));
    }

    public void Dispose()
    {
        _bench?.Dispose();
        _store?.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_plan_says_which_hosts_reboot_for_what_it_would_publish()
    {
        _bench.Directory.WriteFile("hosts/lab/REBOOT", string.Empty);
        new TestFlake().With("h1").With("h2").WriteTo(_bench.Directory["hosts/lab"]);
        var first = await PlanAsync();
        _ = await _bench.DeployAsync();
        new TestFlake().With("h1", new TestSystem { Version = "2" }).With("h2", new TestSystem { Kernel = "6.12" })
            .WriteTo(_bench.Directory["hosts/lab"]);

        var next = await PlanAsync();

        Assert.Equal([(null, true), (null, true)], first);
        Assert.Equal([(false, true), (true, true)], next);

        async Task<IReadOnlyList<(bool?, bool)>> PlanAsync() =>
        [
            .. (await _bench.Get<IDeployer>().PlanAsync(new PlanRequest(), null, TestContext.Current.CancellationToken)).Hosts
                .Select(host => (host.NeedsReboot, host.RebootsItself)),
        ];
    }

    [Fact(Timeout = Timeout)]
    public async Task A_host_arrives_at_the_system_that_the_server_built_also_through_links_and_odd_names()
    {
        new TestFlake().With("h1").With("h2", new TestSystem { Version = "2" }).WriteTo(_bench.Directory["hosts/lab"]);
        _bench.Directory.WriteFile("shared/module.nix", "{ }");
        File.CreateSymbolicLink(_bench.Directory["hosts/lab/module.nix"], "../../shared/module.nix");
        File.SetUnixFileMode(
            _bench.Directory.WriteFile("hosts/lab/sub/ä \uff5e \U0001f600.sh", "#!/bin/sh\n"), (UnixFileMode)0b111_000_000);

        var report = await _bench.DeployAsync();

        Assert.True(
            report.IsSuccess,
            string.Join(' ', report.Hosts.Select(host => $"{host.Failure}").Concat(report.Problems.Select(problem => problem.ToString()))));
        foreach (var host in new[] { "h1", "h2" })
        {
            var release = _bench.Current(host)!;
            var tree = await FetchAsync(release);
            var evaluation = await _bench.Get<ISystemBuilder>().EvaluateAsync(
                new ConfigurationSource { Directory = tree, Kind = ConfigurationKind.Flake, Name = host },
                [host],
                new EvaluationSettings(),
                null,
                TestContext.Current.CancellationToken);
            Assert.Equal(release.ExpectedSystem, Assert.Single(evaluation.Systems).Derivation!.System);
            Assert.True(Directory.Exists(release.ExpectedSystem.ToString()));
        }
    }

    [Fact]
    public async Task A_deploy_without_changes_starts_no_nix_and_a_broken_host_leaves_the_others()
    {
        new TestFlake().With("good").With("bad").WriteTo(_bench.Directory["hosts/lab"]);
        await _bench.DeployAsync();
        var before = _bench.Current("bad")!;

        Assert.Equal([DeployOutcome.Unchanged, DeployOutcome.Unchanged], (await _bench.DeployAsync()).Hosts.Select(host => host.Outcome));
        new TestFlake().With("good", new TestSystem { Version = "2" })
            .With("bad", new TestSystem { BuildScript = "exit 1" })
            .WriteTo(_bench.Directory["hosts/lab"]);
        var report = await _bench.DeployAsync();

        Assert.Equal([DeployOutcome.Failed, DeployOutcome.Published], report.Hosts.Select(host => host.Outcome));
        Assert.Equal(before.Id, _bench.Current("bad")!.Id);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_evaluated_on_the_same_tree_is_not_evaluated_again()
    {
        const string Looked = "warning: good is looked at";
        var flake = new TestFlake().WithExpression("good", "builtins.trace \"warning: good is looked at\" (mkSystem { host = \"good\"; })");
        flake.WithExpression("bad", "throw \"no\"").WriteTo(_bench.Directory["hosts/lab"]);

        var first = await _bench.DeployAsync();
        var second = await _bench.DeployAsync();
        File.SetLastWriteTimeUtc(_bench.Directory["hosts/lab/flake.nix"], DateTime.UnixEpoch.AddYears(40));
        var touched = await _bench.DeployAsync();
        _bench.Directory.WriteFile("hosts/lab/new.nix", "{ }");
        var changed = await _bench.DeployAsync();

        Assert.Contains(Looked, first.Remarks);
        Assert.DoesNotContain(Looked, second.Remarks);
        Assert.DoesNotContain(Looked, touched.Remarks);
        Assert.Contains(Looked, changed.Remarks);
        Assert.All([
            first, second, touched, changed,
        ], report => Assert.Equal(DeployOutcome.Failed, report.Hosts.Single(host => host.Host.ToString() == "bad").Outcome));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_makes_what_lies_beside_a_configuration_part_of_it()
    {
        new TestFlake()
            .WithExpression("web", "builtins.seq (import ./modules/base.nix) (mkSystem { host = \"web\"; })")
            .WriteTo(_bench.Directory["hosts/web"]);
        _bench.Directory.WriteFile("modules/base.nix", "1");
        _ = Directory.CreateSymbolicLink(_bench.Directory["hosts/web/modules"], "../../modules");

        Assert.Equal(["web Published 1"], DeployBench.Lines(await _bench.DeployAsync()));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_input_that_only_this_machine_has_is_found_in_the_lock_before_anything_is_published()
    {
        var dependency = _store.CreateDirectory("dep");
        await File.WriteAllTextAsync(Path.Join(dependency, "x"), "x", TestContext.Current.CancellationToken);
        new TestFlake { Inputs = $"inputs.dep = {{ url = \"path:{dependency}\"; flake = false; }};" }.With("web")
            .WriteTo(_bench.Directory["hosts/web"]);
        var inputs = await _bench.Get<IFlakeInputs>().UpdateAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(inputs, input => Assert.Null(input.Failure));

        var report = await _bench.DeployAsync();

        Assert.Empty(report.Hosts);
        Assert.StartsWith(
            $"hosts/web/flake.lock: The input 'dep' is path:{dependency}, which only this machine has.",
            Assert.Single(report.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_not_a_nixos_system_is_not_published_and_what_cannot_be_switched_to_is_told()
    {
        new TestFlake()
            .With("good")
            .WithExpression(
                "package",
                $"derivation {{ name = \"x\"; system = \"{TestSystem.Platform}\"; builder = \"/bin/sh\"; "
                    + "args = [ \"-c\" \"echo x > $out\" ]; }")
            .WithExpression(
                "bare",
                $"derivation {{ name = \"y\"; system = \"{TestSystem.Platform}\"; builder = \"/bin/sh\"; "
                    + "args = [ \"-c\" \"$mkdir $out\" ]; mkdir = \"/usr/bin/mkdir\"; }")
            .WithExpression(
                "stuck",
                $"derivation {{ name = \"z\"; system = \"{TestSystem.Platform}\"; builder = \"/bin/sh\"; "
                    + "args = [ \"-c\" \"$mkdir $out; echo 1 > $out/nixos-version\" ]; mkdir = \"/usr/bin/mkdir\"; }")
            .WriteTo(_bench.Directory["hosts/lab"]);

        var report = await _bench.DeployAsync();

        Assert.Equal(["bare Failed", "good Published 1", "package Failed", "stuck Published 1"], DeployBench.Lines(report));
        Assert.All(report.Hosts.Where(host => host.Host.ToString() is "bare" or "package"), host =>
            Assert.Contains("is not a NixOS system: it has no file nixos-version", host.Failure?.Message, StringComparison.Ordinal));
        Assert.Contains(
            report.Remarks, remark => remark.StartsWith("warning: stuck: its system has no file bin/switch", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_host_is_built_and_published_without_a_system_to_arrive_at()
    {
        _bench.Directory.WriteFile("hosts/router/configuration.nix", "{ host = \"router\"; }");

        var report = await _bench.DeployAsync();

        var deployed = Assert.Single(report.Hosts);
        Assert.True(deployed.Outcome == DeployOutcome.Published, deployed.Failure?.Message);
        Assert.True(Directory.Exists(deployed.System.ToString()));
        Assert.Null(_bench.Current("router")!.ExpectedSystem);
        var tree = await FetchAsync(_bench.Current("router")!);
        var evaluation = await _bench.Get<ISystemBuilder>().EvaluateAsync(
            new ConfigurationSource { Directory = tree, Kind = ConfigurationKind.Channel, Name = "router" },
            ["router"],
            new EvaluationSettings(),
            null,
            TestContext.Current.CancellationToken);
        Assert.Equal(deployed.System, Assert.Single(evaluation.Systems).Derivation!.System);
    }

    private async Task<string> FetchAsync(Release release)
    {
        Directory.CreateDirectory(_store.CreateDirectory("agent"));
        var trees = new ContentStore(Path.Join(_store.CreateDirectory("agent"), release.Host.ToString()), new ContentUnpacker(1 << 30));
        await using var session = await _bench.Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await trees.FetchAsync(session.OpenArea(release.Host), release.Content, TestContext.Current.CancellationToken);
        return trees.Find(release.Content)!;
    }
}
