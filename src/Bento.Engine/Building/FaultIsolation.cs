namespace Bento.Building;

/// <summary>Evaluates many systems with few evaluations, although one bad system can end the evaluation of all.</summary>
/// <remarks>
/// One evaluation does when all is well. A system that throws costs one more, which has its message. A system whose error cannot be caught
/// is searched by halves: log2(n) steps, instead of an evaluation for each host.
/// </remarks>
/// <param name="evaluateMany">Evaluates some systems, null for all, catching what can be caught.</param>
/// <param name="evaluateAlone">Evaluates one system without catching anything.</param>
/// <param name="list">Lists the systems that there are.</param>
internal sealed class FaultIsolation(
    Func<IReadOnlyList<string>?, Task<EvaluationAttempt>> evaluateMany, Func<string, Task<EvaluationAttempt>> evaluateAlone, Func<Task<SystemListing>> list)
{
    /// <summary>Evaluates.</summary>
    /// <param name="attributes">Which systems; null for all.</param>
    /// <returns>A result for each, in ordinal order, or the failure of the whole directory.</returns>
    public async Task<DirectoryEvaluation> RunAsync(IReadOnlyCollection<string>? attributes)
    {
        var wanted = attributes?.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (wanted is { Count: 0 })
        {
            return new DirectoryEvaluation([]);
        }

        var attempt = await evaluateMany(wanted).ConfigureAwait(false);
        if (attempt.Failure is not null)
        {
            // Where even the names cannot be read, it is not about any one system.
            var listing = await list().ConfigureAwait(false);
            if (listing.Failure is not null)
            {
                return new DirectoryEvaluation([], listing.Failure);
            }

            wanted ??= [.. listing.Attributes];
        }

        wanted ??= [.. attempt.Systems.Keys];
        var results = await SettleAsync(wanted, attempt).ConfigureAwait(false);
        return new DirectoryEvaluation([.. results.OrderBy(result => result.Attribute, StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyList<SystemEvaluation>> SettleAsync(IReadOnlyList<string> names, EvaluationAttempt attempt)
    {
        if (attempt.Failure is null)
        {
            return await Task.WhenAll(names.Select(name => ReadAsync(name, attempt))).ConfigureAwait(false);
        }

        // A full disk fails every part in the same way: no need to ask again and again.
        if (names.Count <= 1 || attempt.Failure.Kind == BuildFailureKind.Space)
        {
            return [.. names.Select(name => new SystemEvaluation(name, attempt.Failure))];
        }

        var halves = await Task.WhenAll(IsolateAsync([.. names.Take(names.Count / 2)]), IsolateAsync([.. names.Skip(names.Count / 2)])).ConfigureAwait(false);
        return [.. halves[0], .. halves[1]];
    }

    private async Task<IReadOnlyList<SystemEvaluation>> IsolateAsync(IReadOnlyList<string> names) =>
        await SettleAsync(names, await evaluateMany(names).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<SystemEvaluation> ReadAsync(string name, EvaluationAttempt attempt)
    {
        if (!attempt.Systems.TryGetValue(name, out var system))
        {
            return new SystemEvaluation(name, new BuildFailure(BuildFailureKind.Evaluation, $"The flake has no nixosConfigurations.{name}."));
        }

        if (system is not null)
        {
            return new SystemEvaluation(system);
        }

        var alone = await evaluateAlone(name).ConfigureAwait(false);
        return alone.Failure is not null
            ? new SystemEvaluation(name, alone.Failure)
            : alone.Systems.GetValueOrDefault(name) is { } found
                ? new SystemEvaluation(found)
                : new SystemEvaluation(name, new BuildFailure(BuildFailureKind.Evaluation, $"nixosConfigurations.{name} is not a NixOS system: its config.system.build.toplevel is no derivation."));
    }
}
