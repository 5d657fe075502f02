using Bento.Hosts;

namespace Bento.Building;

/// <summary>Builds the systems of hosts in one Nix invocation, so that Nix's own scheduler, remote builders and caches do their work.</summary>
internal sealed class FleetBuilder(ISystemBuilder builder, StateDirectories state)
{
    /// <summary>Builds what is to be built here; hosts that are set to evaluate only pass through.</summary>
    /// <returns>Each host with why it failed, or null.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<IReadOnlyList<(EvaluatedHost Host, BuildFailure? Failure)>> BuildAsync(
        IReadOnlyList<EvaluatedHost> hosts, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var local = hosts.Where(host => !host.Spec.Settings.EvaluateOnly).ToList();
        if (local.Count == 0)
        {
            return [.. hosts.Select(host => (host, (BuildFailure?)null))];
        }

        progress?.Report(new FleetEvent.Building([.. local.Select(host => host.Spec.Name)]));
        var builds = await builder.BuildAsync(
            [.. local.Select(host => host.Derivation!)],
            new BuildSettings { RootsDirectory = state.Roots },
            progress,
            cancellationToken).ConfigureAwait(false);
        var failures = local.Zip(builds).ToDictionary(pair => pair.First.Spec.Name, pair => pair.Second.Failure);
        foreach (var host in local.Where(host => failures[host.Spec.Name] is null))
        {
            progress?.Report(new FleetEvent.Built(host.Spec.Name, host.Derivation!.System));
        }

        return [.. hosts.Select(host => (host, failures.GetValueOrDefault(host.Spec.Name)))];
    }

    /// <exception cref="NixException">Nix could not be used.</exception>
    public Task<BuildForecast> ForecastAsync(IReadOnlyList<EvaluatedHost> hosts, CancellationToken cancellationToken) =>
        builder.ForecastAsync([.. hosts.Select(host => host.Derivation!)], cancellationToken);
}
