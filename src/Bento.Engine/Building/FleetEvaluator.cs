using Bento.Hosts;

namespace Bento.Building;

/// <summary>Takes a snapshot of a configuration directory and has its systems evaluated.</summary>
internal sealed class FleetEvaluator(ISystemBuilder builder, StateDirectories state)
{
    private readonly EvaluationCache _cache = new(state.Evaluations);

    /// <summary>What is known about a directory without Nix; null when the tree changed or was never evaluated whole.</summary>
    public EvaluatedDirectory? FindKnown(ScannedDirectory directory) =>
        _cache.Find(directory.Configuration, directory.Scan) is { IsComplete: true } known ? known : null;

    /// <param name="directory">The directory.</param>
    /// <param name="selection">Which hosts; others are named, and not evaluated.</param>
    /// <param name="work">Where the snapshot goes.</param>
    /// <param name="progress">Gets what happens.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<EvaluatedConfiguration> EvaluateAsync(
        ScannedDirectory directory, HostSelection selection, WorkDirectory work, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        var configuration = directory.Configuration;
        progress?.Report(new FleetEvent.Evaluating(configuration.Path));
        var snapshot = Snapshot.Take(directory.Scan.Entries, work.NewPath(), cancellationToken);
        var source = new ConfigurationSource(snapshot.Directory, configuration.Kind, configuration.Name);
        var others = new List<HostName>();
        IReadOnlyList<string>? attributes = null;
        if (!selection.IsAll)
        {
            var listing = await builder.ListAsync(source, cancellationToken).ConfigureAwait(false);
            if (listing.Failure is { } unlisted)
            {
                return Failed(configuration, snapshot, unlisted);
            }

            var names = listing.Attributes.Select(attribute => HostName.TryParse(attribute, out var name) ? name : default).Where(name => name != default).ToList();
            others.AddRange(names.Where(name => !selection.Includes(name)));
            attributes = [.. names.Except(others).Select(name => name.ToString())];
        }

        var evaluation = attributes is []
            ? new DirectoryEvaluation([])
            : await builder.EvaluateAsync(source, attributes, cancellationToken).ConfigureAwait(false);
        if (evaluation.Failure is { } failure)
        {
            return Failed(configuration, snapshot, failure);
        }

        var (hosts, problems) = Name(configuration, evaluation.Systems, selection);
        foreach (var host in hosts.Where(host => host.Derivation is not null))
        {
            progress?.Report(new FleetEvent.Evaluated(host.Spec.Name, host.Derivation!.System));
        }

        Remember(directory, snapshot, hosts, isComplete: attributes is null && problems.Count == 0 && hosts.All(host => host.Failure is null));
        return new EvaluatedConfiguration(configuration, snapshot, hosts, others, problems);
    }

    private void Remember(ScannedDirectory directory, Snapshot snapshot, IReadOnlyList<EvaluatedHost> hosts, bool isComplete)
    {
        if (isComplete)
        {
            var systems = hosts.ToDictionary(host => host.Spec.Name.ToString(), host => host.Derivation!.System, StringComparer.Ordinal);
            _cache.Keep(
                directory.Configuration, directory.Scan, directory.ScannedAt, new EvaluatedDirectory(directory.Configuration.Kind, snapshot.TreeHash, true, systems));
        }
    }

    private static (IReadOnlyList<EvaluatedHost> Hosts, IReadOnlyList<FleetProblem> Problems) Name(
        ConfigurationDirectory configuration, IReadOnlyList<SystemEvaluation> systems, HostSelection selection)
    {
        var hosts = new List<EvaluatedHost>();
        var problems = new List<FleetProblem>();
        foreach (var system in systems)
        {
            try
            {
                var name = HostName.Parse(system.Attribute);
                var spec = new HostSpec(name, configuration.Path, configuration.Kind, selection.Settings(name, configuration.Marks));
                hosts.Add(new EvaluatedHost(spec, system.Derivation, system.Failure));
            }
            catch (FormatException exception)
            {
                problems.Add(new FleetProblem(configuration.Path, exception.Message));
            }
        }

        return (hosts, problems);
    }

    private static EvaluatedConfiguration Failed(ConfigurationDirectory configuration, Snapshot snapshot, BuildFailure failure) =>
        new(configuration, snapshot, [], [], [new FleetProblem(configuration.Path, failure.Message)]);
}
