using Bento.Hosts;
using Bento.Processes;
using Bento.Telemetry;

namespace Bento.Building.Fleet;

/// <summary>
/// Builds the systems of hosts in one Nix invocation, so that Nix's own scheduler, remote builders and caches do their work.
/// </summary>
internal sealed class FleetBuilder([Guarded] ISystemBuilder builder, StateDirectories state)
{
    /// <summary>Builds what is to be built here; hosts that are set to evaluate only pass through.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="work">Where roots go that last until the end of the operation.</param>
    /// <param name="progress">Gets what happens.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>Each host with why it failed, or null.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<IReadOnlyList<(EvaluatedHost Host, BuildFailure? Failure)>> BuildAsync(
        IReadOnlyList<EvaluatedHost> hosts, WorkDirectory work, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.BuildPhase);
        var local = hosts.Where(host => !host.Spec.Settings.EvaluateOnly).ToList();
        if (local.Count == 0)
        {
            return [.. hosts.Select(host => (host, (BuildFailure?)null))];
        }

        progress.Tell(new FleetEvent.Building([.. local.Select(host => host.Spec.Name)]));
        var failures = await RunAsync(local, progress, cancellationToken).ConfigureAwait(false);
        var lost = local.Where(host => failures[host.Spec.Name]?.Kind == BuildFailureKind.Damaged).ToList();
        if (lost.Count > 0)
        {
            foreach (var (name, failure) in await BuildAgainAsync(lost, work, progress, cancellationToken).ConfigureAwait(false))
            {
                failures[name] = failure;
            }
        }

        foreach (var host in local.Where(host => failures[host.Spec.Name] is null))
        {
            progress.Tell(new FleetEvent.Built(host.Spec.Name, host.Derivation.System));
            if (!Has(host.Derivation.System, "bin/switch-to-configuration"))
            {
                // An image that is only ever booted (system.switch.enable = false) is a NixOS system all the same.
                progress.Tell(new FleetEvent.Warned(
                    $"{host.Spec.Name}: its system has no file bin/switch-to-configuration, so the host cannot switch to it."));
            }
        }

        return [.. hosts.Select(host => (host, failures.GetValueOrDefault(host.Spec.Name)))];
    }

    /// <exception cref="NixException">Nix could not be used.</exception>
    public Task<BuildForecast> ForecastAsync(IReadOnlyList<EvaluatedHost> hosts, CancellationToken cancellationToken) =>
        builder.ForecastAsync([.. hosts.Select(host => host.Derivation)], cancellationToken);

    private async Task<Dictionary<HostName, BuildFailure?>> RunAsync(
        IReadOnlyList<EvaluatedHost> hosts, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var settings = new BuildSettings { RootsDirectory = state.Roots };
        var builds = await builder.BuildAsync(
            [.. hosts.Select(host => host.Derivation)], settings, progress, cancellationToken).ConfigureAwait(false);
        return hosts.Zip(builds).ToDictionary(
            pair => pair.First.Spec.Name, pair => pair.Second.Failure ?? FindForeign(pair.First.Derivation.System));
    }

    /// <summary>What no host would switch to is better found here.</summary>
    private static BuildFailure? FindForeign(StorePath system) =>
        Has(system, "nixos-version")
            ? null
            : new BuildFailure(
                BuildFailureKind.Evaluation,
                $"'{system}' is not a NixOS system: it has no file nixos-version, and no host would switch to it.");

    /// <summary>Whether a system has a file, as far as that can be told here.</summary>
    private static bool Has(StorePath system, string file) =>
        !Path.Exists(system.ToString()) || Path.Exists(Path.Join(system.ToString(), file));

    /// <summary>
    /// A garbage collector or a power cut took derivations since they were evaluated: the same evaluation writes them again.
    /// </summary>
    private async Task<Dictionary<HostName, BuildFailure?>> BuildAgainAsync(
        IReadOnlyList<EvaluatedHost> hosts, WorkDirectory work, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<HostName, BuildFailure?>();
        var found = new List<EvaluatedHost>();
        foreach (var group in hosts.GroupBy(host => host.Source))
        {
            var settings = new EvaluationSettings { RootsDirectory = work.NewPath() };
            var evaluation = await builder.EvaluateAsync(
                group.Key,
                [.. group.Select(host => host.Derivation.Attribute)],
                settings,
                progress,
                cancellationToken).ConfigureAwait(false);
            var systems = evaluation.Systems.ToDictionary(system => system.Attribute, StringComparer.Ordinal);
            foreach (var host in group)
            {
                var system = systems.GetValueOrDefault(host.Derivation.Attribute);
                if (system?.Derivation == host.Derivation)
                {
                    found.Add(host);
                }
                else
                {
                    failures[host.Spec.Name] = evaluation.Failure ?? system?.Failure ?? new BuildFailure(
                        BuildFailureKind.Evaluation,
                        "The derivation was lost before it was built, and a second evaluation gave another one. Deploy again.");
                }
            }
        }

        foreach (var (name, failure) in found.Count == 0 ? [] : await RunAsync(found, progress, cancellationToken).ConfigureAwait(false))
        {
            failures[name] = failure;
        }

        return failures;
    }
}
