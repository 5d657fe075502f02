using Bento.Building.Programs;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Repositories;
using Microsoft.Extensions.Options;

namespace Bento.Building.Fleet;

/// <summary>Takes a snapshot of a configuration directory and has its systems evaluated.</summary>
internal sealed class FleetEvaluator(
    [Guarded] ISystemBuilder builder,
    WorkTreeCommit commits,
    StateDirectories state,
    IOptions<NixOptions> options,
    IOptions<BentoOptions> bento)
{
    private readonly EvaluationCache _cache = new(state.Evaluations);
    private readonly HostNaming _naming = new(bento.Value);
    private readonly string? _evaluator = EvaluatorIdentity.Of(options.Value);

    /// <summary>What is known about a directory without Nix; null when the tree changed or was never evaluated whole.</summary>
    public EvaluatedDirectory? FindKnown(ScannedDirectory directory) =>
        _cache.Find(directory.Configuration, directory.Scan) is { } known
            && known.IsComplete(_naming)
            && !IsCommittedSince(directory, known)
            ? known
            : null;

    /// <summary>The files are the same, and there is a commit of them now that could be named.</summary>
    private static bool IsCommittedSince(ScannedDirectory directory, EvaluatedDirectory known) =>
        known.Provenance is { IsDirty: true } && directory.WorkTree is { IsDirty: false };

    /// <param name="directory">The directory.</param>
    /// <param name="selection">Which hosts; others are named, and not evaluated.</param>
    /// <param name="work">Where the snapshot goes.</param>
    /// <param name="progress">Gets what happens.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<EvaluatedConfiguration> EvaluateAsync(
        ScannedDirectory directory,
        HostSelection selection,
        WorkDirectory work,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var configuration = directory.Configuration;
        progress.Tell(new FleetEvent.Evaluating(configuration.Path));
        var snapshot = Snapshot.Take(directory.Scan.Entries, work.NewPath(), cancellationToken);
        var provenance = await FindProvenanceAsync(directory, cancellationToken).ConfigureAwait(false);
        var source = directory.ToSource(snapshot) with { Provenance = provenance };
        var known = FindSame(configuration, snapshot.TreeHash, provenance);
        var listed = known.Attributes;
        if ((!selection.IsAll || _naming.HasIgnored) && listed is null)
        {
            var listing = await builder.ListAsync(source, cancellationToken).ConfigureAwait(false);
            if (listing.Failure is { } unlisted)
            {
                return Failed(configuration, snapshot, Explain(unlisted, directory));
            }

            listed = listing.Attributes;
        }

        List<HostName> others =
        [
            .. (selection.IsAll ? [] : listed ?? []).Select(_naming.Find).OfType<HostName>().Where(name => !selection.Includes(name)),
        ];
        var selected = listed?.Where(attribute => !_naming.IsIgnored(attribute))
            .Where(attribute => _naming.Find(attribute) is { } name ? selection.Includes(name) : selection.IsAll)
            .ToList();
        var evaluation = await EvaluateAsync(source, selected, known, work, progress, cancellationToken).ConfigureAwait(false);
        if (evaluation.Failure is { } failure)
        {
            return Failed(configuration, snapshot, Explain(failure, directory));
        }

        var evaluated = new EvaluatedConfiguration(configuration, snapshot, [], [], others, []);
        foreach (var system in evaluation.Systems)
        {
            evaluated = Add(evaluated, ExplainSystem(system, directory), source, selection);
        }

        Keep(directory, snapshot, known with
        {
            Attributes = listed ?? [.. evaluation.Systems.Select(system => system.Attribute)],
        }, evaluated.Hosts);
        return evaluated;
    }

    /// <summary>Evaluates what is not known yet.</summary>
    private async Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyList<string>? selected,
        EvaluatedDirectory known,
        WorkDirectory work,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        // A collector may have taken a derivation since, and what it makes as well.
        List<SystemDerivation> usable = [.. (selected ?? []).Select(attribute => known.Derivations.GetValueOrDefault(attribute))
            .OfType<SystemDerivation>()
            .Where(system => File.Exists(system.Derivation.ToString()))];
        var wanted = selected?.Except(usable.Select(system => system.Attribute)).ToList();
        foreach (var system in usable)
        {
            if (_naming.Find(system.Attribute) is { } host)
            {
                progress.Tell(new FleetEvent.Evaluated(host, system.System));
            }
        }

        var evaluation = wanted is []
            ? new DirectoryEvaluation([])
            : await builder.EvaluateAsync(
                source,
                wanted,
                new EvaluationSettings { RootsDirectory = work.NewPath() },
                progress,
                cancellationToken).ConfigureAwait(false);
        return evaluation with
        {
            Systems = [.. usable.Select(system => new SystemEvaluation(system))
                .Concat(evaluation.Systems)
                .OrderBy(system => system.Attribute, StringComparer.Ordinal)],
        };
    }

    private SystemEvaluation ExplainSystem(SystemEvaluation system, ScannedDirectory directory) =>
        system.Failure is { } failure ? new SystemEvaluation(system.Attribute, Explain(failure, directory)) : system;

    /// <summary>Nix says only that a file is missing, and the operator sees it lying there.</summary>
    private BuildFailure Explain(BuildFailure failure, ScannedDirectory directory)
    {
        var advice = LeftOutAdvice.Find(directory.Scan.LeftOut, failure.Message)
            ?? OutsideReference.Explain(bento.Value.Directory, directory, failure.Message);
        return advice is null ? failure : failure with { Message = $"{advice}\n{failure.Message}" };
    }

    private EvaluatedDirectory FindSame(ConfigurationDirectory configuration, TreeHash treeHash, Provenance? provenance)
    {
        var known = (_evaluator is null ? null : _cache.FindSame(configuration, treeHash, provenance, _evaluator))
            ?? new EvaluatedDirectory(configuration.Kind, treeHash, null, new Dictionary<string, SystemDerivation>(StringComparer.Ordinal));
        return known with { Provenance = provenance };
    }

    private async Task<Provenance?> FindProvenanceAsync(ScannedDirectory directory, CancellationToken cancellationToken)
    {
        if (directory.WorkTree is not { HasCommits: true } workTree)
        {
            return null;
        }

        var commit = await commits.FindAsync(workTree.Paths[0], workTree.Paths, cancellationToken).ConfigureAwait(false);
        return commit with
        {
            Branch = workTree.Branch is { } branch ? ProvenanceDocument.Text(branch) : null,
            IsDirty = workTree.IsDirty,
        };
    }

    private EvaluatedConfiguration Add(
        EvaluatedConfiguration evaluated, SystemEvaluation system, ConfigurationSource source, HostSelection selection)
    {
        var configuration = evaluated.Configuration;
        try
        {
            var name = _naming.Name(system.Attribute);
            var spec = new HostSpec
            {
                Name = name,
                Directory = configuration.Path,
                Kind = configuration.Kind,
                Settings = selection.Settings(name, configuration.Marks),
                Attribute = system.Attribute == name.ToString() ? null : system.Attribute,
            };
            return system.Derivation is { } derivation
                ? evaluated with { Hosts = [.. evaluated.Hosts, new EvaluatedHost(spec, derivation, source)] }
                : evaluated with { Failed = [.. evaluated.Failed, new UnevaluatedHost(spec, system.Failure!)] };
        }
        catch (FormatException exception)
        {
            return evaluated with { Problems = [.. evaluated.Problems, new FleetProblem(configuration.Path, exception.Message)] };
        }
    }

    private void Keep(ScannedDirectory directory, Snapshot snapshot, EvaluatedDirectory known, IReadOnlyList<EvaluatedHost> hosts)
    {
        var derivations = new Dictionary<string, SystemDerivation>(known.Derivations, StringComparer.Ordinal);
        foreach (var host in hosts)
        {
            derivations[host.Derivation.Attribute] = host.Derivation;
        }

        _cache.Keep(
            directory.Configuration,
            directory.Scan,
            directory.ScannedAt,
            _evaluator ?? string.Empty,
            new EvaluatedDirectory(known.Kind, snapshot.TreeHash, known.Attributes, derivations)
            {
                Provenance = known.Provenance,
            });
    }

    private static EvaluatedConfiguration Failed(ConfigurationDirectory configuration, Snapshot snapshot, BuildFailure failure) =>
        new(configuration, snapshot, [], [], [], [new FleetProblem(configuration.Path, failure.Message)
        {
            Kind = failure.ToFailure().Kind,
        }]);
}
