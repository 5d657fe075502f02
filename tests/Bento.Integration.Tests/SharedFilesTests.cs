using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;
using Bento.TestBench.Nix;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Integration.Tests;

/// <summary>A fleet whose hosts share modules: publisher and agents with the real git and the real Nix.</summary>
public sealed class SharedFilesTests
{
    private static readonly HostName Web = HostName.Parse("web");
    private static readonly HostName Router = HostName.Parse("router");

    [Fact(Timeout = 120_000)]
    public async Task A_host_arrives_at_the_system_that_shared_modules_and_its_commit_describe()
    {
        using var fleet = TestFleet.Local();
        var git = GitRepository.Init(fleet.Directory);
        Write(fleet, "modules/version.nix", "rev: \"7-${rev}\"");
        new TestFlake()
            .WithExpression("web", "mkSystem { host = \"web\"; version = (import ../../modules/version.nix) self.shortRev; }")
            .WriteTo(Path.Join(fleet.Directory, "hosts", "web"));
        Write(fleet, "hosts/router/configuration.nix", "{ host = \"router\"; version = (import ../../modules/version.nix) \"x\"; }");
        _ = git.Commit("Hosts");
        Write(fleet, "modules/more.nix", "1");
        var commit = git.Commit("What they share");

        var deployed = await fleet.DeployAsync(configure: Share);
        var web = await fleet.RunAgentAsync(Web);
        var router = await fleet.RunAgentAsync(Router);

        Assert.True(deployed.IsSuccess, string.Join('\n', deployed.Hosts.Select(host => $"{host.Failure}")));
        Assert.True(web.Outcome == AttemptOutcome.Succeeded, web.Reason);
        Assert.True(router.Outcome == AttemptOutcome.Succeeded, router.Reason);
        Assert.EndsWith($"-nixos-system-web-7-{commit[..7]}", fleet.Running(Web), StringComparison.Ordinal);
        Assert.EndsWith("-nixos-system-router-7-x", fleet.Running(Router), StringComparison.Ordinal);
        Assert.Equal($"{commit[..12]} (main) What they share", (await fleet.StatusAsync(Web)).Provenance!.ToString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_flake_that_shares_modules_updates_its_inputs_by_itself()
    {
        using var fleet = TestFleet.Local();
        var input = fleet.Nix.CreateDirectory("dep");
        await File.WriteAllTextAsync(
            Path.Join(input, "flake.nix"), """{ outputs = _: { version = "1"; }; }""", TestContext.Current.CancellationToken);
        Write(fleet, "modules/version.nix", "input: \"7-${input}\"");
        new TestFlake { Inputs = $"inputs.dep.url = \"path:{input}\";" }
            .WithExpression("web", "mkSystem { host = \"web\"; version = (import ../../modules/version.nix) self.inputs.dep.version; }")
            .WriteTo(Path.Join(fleet.Directory, "hosts", "web"));
        Write(fleet, "hosts/web/SELF_UPDATE", string.Empty);
        await using (var services = fleet.Operator(ShareLocal))
        {
            var inputs = services.GetRequiredService<IFlakeInputs>();
            var locked = Assert.Single(await inputs.UpdateAsync(cancellationToken: TestContext.Current.CancellationToken));
            Assert.Null(locked.Failure);
            Assert.Equal("dep", Assert.Single(locked.Moves).Input);
        }

        _ = await fleet.DeployAsync(configure: ShareLocal);
        var first = await fleet.RunAgentAsync(Web, options => options.SelfUpdateInterval = TimeSpan.FromDays(30));
        await File.WriteAllTextAsync(
            Path.Join(input, "flake.nix"), """{ outputs = _: { version = "2"; }; }""", TestContext.Current.CancellationToken);
        var updated = await fleet.RunAgentAsync(Web, later: TimeSpan.FromDays(2));

        Assert.True(first.Outcome == AttemptOutcome.Succeeded, first.Reason);
        Assert.True(updated.Outcome == AttemptOutcome.AutoUpdated, updated.Reason);
        Assert.EndsWith("-nixos-system-web-7-2", fleet.Running(Web), StringComparison.Ordinal);
    }

    private static void Share(BentoOptions options) => options.Share.Add("modules");

    private static void ShareLocal(BentoOptions options)
    {
        options.Share.Add("modules");
        options.AllowLocalInputs = true;
    }

    private static void Write(TestFleet fleet, string path, string text)
    {
        var file = Path.Join(fleet.Directory, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
