using Bento;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.Testing.Fleet;

namespace OwnParts;

/// <summary>What an application makes of Bento: the rest of the fleet gets a version when one host runs it.</summary>
public sealed class Canary(IDeployer deployer, IFleetStatus status)
{
    /// <returns>Why it went no further; null when the whole fleet got the version.</returns>
    public async Task<string?> DeployAsync(HostName canary, Func<Task> waitForReports, CancellationToken cancellationToken)
    {
        if (await PublishAsync(HostSelector.Of(canary), cancellationToken) is { } failure)
        {
            return failure;
        }

        await waitForReports();
        var host = (await status.ReadAsync(HostSelector.Of(canary), cancellationToken)).Single();
        return host.State == HostState.UpToDate ? await PublishAsync(HostSelector.All, cancellationToken) : $"{canary}: {host.Reason}";
    }

    private async Task<string?> PublishAsync(HostSelector hosts, CancellationToken cancellationToken)
    {
        var report = await deployer.DeployAsync(new DeployRequest { Hosts = hosts }, cancellationToken: cancellationToken);
        return report.Hosts.FirstOrDefault(host => host.Failure is not null) is { } failed
            ? $"{failed.Host}: {failed.Failure!.Kind}"
            : null;
    }
}

/// <summary>Tests of that application: real releases and real agents, and no Nix, no sshd and no waiting.</summary>
public sealed class CanaryTests : IDisposable
{
    private readonly ScriptedFleet _fleet = new(hosts: 3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_rest_follows_a_canary_that_is_well()
    {
        Assert.Null(await DeployAsync("plain"));

        Assert.All(await _fleet.ReadStatusAsync(Token), host => Assert.Equal(new ReleaseNumber(0, 1), host.Number));
    }

    [Fact]
    public async Task The_rest_keeps_what_it_has_when_the_canary_went_back()
    {
        _fleet.Hosts[0].Machine.Next = SwitchScript.Failed;

        Assert.Contains("h1: ", await DeployAsync("plain"), StringComparison.Ordinal);

        Assert.Equal([new ReleaseNumber(0, 1), null, null], (await _fleet.ReadStatusAsync(Token)).Select(host => host.Number));
    }

    [Fact]
    public async Task A_version_that_does_not_evaluate_is_told_by_its_kind() =>
        Assert.Equal("h1: Evaluation", await DeployAsync(ScriptedBuilder.Broken));

    public void Dispose() => _fleet.Dispose();

    private async Task<string?> DeployAsync(string kind)
    {
        foreach (var host in _fleet.Hosts)
        {
            _fleet.Change(host, kind);
        }

        await using var services = _fleet.CreateOperator();
        var canary = new Canary(services.GetRequiredService<IDeployer>(), services.GetRequiredService<IFleetStatus>());
        return await canary.DeployAsync(_fleet.Hosts[0].Name, () => _fleet.Hosts[0].PollAsync(Token), Token);
    }
}
