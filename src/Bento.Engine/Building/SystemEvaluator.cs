using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Building;

/// <summary>Evaluates the systems of a directory by Nix.</summary>
/// <param name="nix">Runs Nix.</param>
/// <param name="options">How many evaluations run at the same time.</param>
internal sealed class SystemEvaluator(NixTool nix, IOptions<NixOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrentEvaluations);

    /// <inheritdoc cref="ISystemBuilder.ListAsync"/>
    public async Task<SystemListing> ListAsync(ConfigurationSource source, CancellationToken cancellationToken)
    {
        if (source.Kind == ConfigurationKind.Channel)
        {
            return new SystemListing([source.Name]);
        }

        using var flake = FlakeReference.To(source.Directory);
        var outcome = await RunAsync(NixCommand.EvaluateFlake(flake, NixExpression.AttributeNames), cancellationToken).ConfigureAwait(false);
        return EvaluationFailure.Find(source, outcome) is { } failure
            ? new SystemListing([], failure)
            : new SystemListing(EvaluationOutput.ReadNames(outcome.Output));
    }

    /// <inheritdoc cref="ISystemBuilder.EvaluateAsync"/>
    public async Task<DirectoryEvaluation> EvaluateAsync(
        ConfigurationSource source, IReadOnlyCollection<string>? attributes, CancellationToken cancellationToken)
    {
        if (source.Kind == ConfigurationKind.Channel)
        {
            return await EvaluateChannelAsync(source, attributes, cancellationToken).ConfigureAwait(false);
        }

        using var flake = FlakeReference.To(source.Directory);
        var isolation = new FaultIsolation(
            async names => await EvaluateFlakeAsync(source, flake, NixExpression.Systems(names), cancellationToken).ConfigureAwait(false),
            async name => await EvaluateFlakeAsync(source, flake, NixExpression.SystemAlone(name), cancellationToken).ConfigureAwait(false),
            () => ListAsync(source, cancellationToken));
        if (attributes is null)
        {
            return await isolation.RunAsync(null).ConfigureAwait(false);
        }

        List<SystemEvaluation> systems = [];
        var names = attributes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var chunk in ArgumentChunks.Split(names, name => name, ArgumentChunks.MaxExpressionBytes))
        {
            var evaluation = await isolation.RunAsync(chunk).ConfigureAwait(false);
            if (evaluation.Failure is not null)
            {
                return evaluation;
            }

            systems.AddRange(evaluation.Systems);
        }

        return new DirectoryEvaluation(systems);
    }

    /// <inheritdoc cref="ISystemBuilder.UpdateLockAsync"/>
    public async Task<BuildFailure?> UpdateLockAsync(ConfigurationSource source, string? input, CancellationToken cancellationToken)
    {
        using var flake = FlakeReference.To(source.Directory);
        FlakeLockFile.Forget(source.Directory, input);
        var outcome = await RunAsync(NixCommand.LockFlake(flake), cancellationToken).ConfigureAwait(false);
        if (outcome.IsSuccess)
        {
            return null;
        }

        var message = NixErrorText.Of(outcome.Error, outcome.ExitCode);
        return new BuildFailure(FailureClassifier.OfEvaluation(message), message);
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<EvaluationAttempt> EvaluateFlakeAsync(ConfigurationSource source, FlakeReference flake, string function, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(NixCommand.EvaluateFlake(flake, function), cancellationToken).ConfigureAwait(false);
        return EvaluationFailure.Find(source, outcome) is { } failure
            ? new EvaluationAttempt(failure)
            : new EvaluationAttempt(EvaluationOutput.ReadSystems(outcome.Output), null);
    }

    private async Task<DirectoryEvaluation> EvaluateChannelAsync(
        ConfigurationSource source, IReadOnlyCollection<string>? attributes, CancellationToken cancellationToken)
    {
        // One directory, one system: asking for another name is the same as asking a flake for an attribute that it does not have.
        var isolation = new FaultIsolation(
            _ => EvaluateAloneAsync(), _ => EvaluateAloneAsync(), () => Task.FromResult(new SystemListing([source.Name])));
        return await isolation.RunAsync(attributes).ConfigureAwait(false);

        async Task<EvaluationAttempt> EvaluateAloneAsync()
        {
            var outcome = await RunAsync(NixCommand.EvaluateChannel(source.Directory), cancellationToken).ConfigureAwait(false);
            return EvaluationFailure.Find(source, outcome) is { } failure
                ? new EvaluationAttempt(failure)
                : new EvaluationAttempt(EvaluationOutput.ReadSingle(source.Name, outcome.Output), null);
        }
    }

    private async Task<ProcessOutcome> RunAsync(NixCommand command, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await nix.RunAsync(command, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }
}
