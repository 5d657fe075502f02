using Bento.Building.Errors;
using Bento.Building.Locks;
using Bento.Building.Programs;
using Bento.Building.Store;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building.Evaluation;

/// <summary>Evaluates the systems of a directory by Nix.</summary>
/// <param name="nix">Runs Nix.</param>
/// <param name="slots">How many evaluations run at the same time.</param>
/// <param name="roots">Keeps what was evaluated.</param>
internal sealed class SystemEvaluator(NixTool nix, EvaluationSlots slots, DerivationRoots roots)
{
    /// <inheritdoc cref="ISystemBuilder.ListAsync"/>
    public async Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken)
    {
        if (source.Kind == ConfigurationKind.Channel)
        {
            return new SystemListing([source.Name]);
        }

        using var flake = FlakeReference.To(source);
        using var slot = await slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await nix.RunAsync(
            NixCommands.EvaluateFlake(flake, NixExpression.AttributeNames), null, cancellationToken).ConfigureAwait(false);
        return EvaluationFailure.Find(source, outcome) is { } failure
            ? new SystemListing([], failure)
            : new SystemListing(EvaluationOutput.ReadNames(outcome.Output));
    }

    /// <inheritdoc cref="ISystemBuilder.EvaluateAsync"/>
    public async Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        EvaluationSettings settings,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var evaluation = source.Kind == ConfigurationKind.Channel
            ? await EvaluateChannelAsync(source, attributes, progress, cancellationToken).ConfigureAwait(false)
            : await EvaluateFlakeAsync(source, attributes, progress, cancellationToken).ConfigureAwait(false);
        if (settings.RootsDirectory is { } directory)
        {
            List<StorePath> derivations =
            [
                .. evaluation.Systems.Select(system => system.Derivation).OfType<SystemDerivation>().Select(system => system.Derivation),
            ];
            await roots.KeepAsync(derivations, directory, cancellationToken).ConfigureAwait(false);
        }

        return evaluation;
    }

    /// <inheritdoc cref="ISystemBuilder.UpdateLockAsync"/>
    public async Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken)
    {
        FlakeLockFile.Forget(Path.Join(source.Directory, source.Subdirectory), input);
        using var slot = await slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await nix.RunAsync(NixCommands.LockFlake(source), null, cancellationToken).ConfigureAwait(false);
        if (source.Subdirectory is not null && FailureClassifier.IsTopOnly(outcome.Error))
        {
            // Old versions of Nix take a flake for the whole of its directory: enough to lock inputs that do not lie beside it.
            var alone = source with { Directory = Path.Join(source.Directory, source.Subdirectory), Subdirectory = null };
            outcome = await nix.RunAsync(NixCommands.LockFlake(alone), null, cancellationToken).ConfigureAwait(false);
        }

        return outcome.IsSuccess ? null : EvaluationFailure.Find(source, outcome);
    }

    private async Task<DirectoryEvaluation> EvaluateFlakeAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        if (attributes is { Count: 0 })
        {
            return new DirectoryEvaluation([]);
        }

        SourceTimes.Set(source);
        using var evaluation = new ParallelEvaluation(nix, slots, source, progress);
        return await evaluation.RunAsync(attributes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// One directory, one system: asking for another name is the same as asking a flake for an attribute that it does not have.
    /// </summary>
    private async Task<DirectoryEvaluation> EvaluateChannelAsync(
        ConfigurationSource source,
        IReadOnlyCollection<string>? attributes,
        IProgress<FleetEvent>? progress,
        CancellationToken cancellationToken)
    {
        var names = (attributes ?? [source.Name]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var own = names.Contains(source.Name, StringComparer.Ordinal)
            ? await EvaluateOwnAsync(source, progress, cancellationToken).ConfigureAwait(false)
            : null;
        return new DirectoryEvaluation([.. names.Select(name => name == source.Name
            ? own!
            : new SystemEvaluation(
                name, new BuildFailure(BuildFailureKind.Evaluation, $"The directory describes '{source.Name}' and not '{name}'.")))]);
    }

    private async Task<SystemEvaluation> EvaluateOwnAsync(
        ConfigurationSource source, IProgress<FleetEvent>? progress, CancellationToken cancellationToken)
    {
        HashSet<string> warnings = new(StringComparer.Ordinal);
        using var slot = await slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await nix.RunAsync(
            NixCommands.EvaluateChannel(Path.Join(source.Directory, source.Subdirectory)), Warn, cancellationToken).ConfigureAwait(false);
        if (EvaluationFailure.Find(source, outcome) is { } failure)
        {
            return new SystemEvaluation(source.Name, failure);
        }

        if (EvaluationOutput.ReadSingle(source.Name, outcome.Output) is not { } system)
        {
            return new SystemEvaluation(
                source.Name, new BuildFailure(BuildFailureKind.Evaluation, $"The directory '{source.Name}' is not a NixOS system."));
        }

        if (HostName.TryParse(source.Name, out var host))
        {
            progress.Tell(new FleetEvent.Evaluated(host, system.System));
        }

        return new SystemEvaluation(system);

        void Warn(string line)
        {
            if (NixWarning.Read(line) is { } warning && warnings.Add(warning))
            {
                progress.Tell(new FleetEvent.Warned(warning));
            }
        }
    }
}
