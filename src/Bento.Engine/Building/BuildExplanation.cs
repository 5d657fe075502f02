namespace Bento.Building;

/// <summary>Chooses what a host is told about its failed build.</summary>
internal static class BuildExplanation
{
    private const int MaxMessages = 3;

    /// <summary>Explains why a system was not built.</summary>
    /// <param name="causes">The derivations that failed and that the system needs, in the order of failure.</param>
    /// <param name="errors">All that Nix reported.</param>
    /// <returns>The failure.</returns>
    public static BuildFailure Of(IReadOnlyList<DerivationFailure> causes, IReadOnlyList<string> errors)
    {
        if (causes.Count == 0)
        {
            return OfNix(errors);
        }

        // While one of them fails for good, no later try can succeed.
        var worst = causes.FirstOrDefault(cause => !cause.Failure.IsTransient) ?? causes[0];
        var others = causes.Where(cause => cause != worst).Take(MaxMessages - 1);
        return worst.Failure with { Message = string.Join('\n', others.Prepend(worst).Select(cause => cause.Failure.Message)) };
    }

    private static BuildFailure OfNix(IReadOnlyList<string> errors)
    {
        var own = errors.Where(error => NixErrorMessage.FindCulprit(error) is null && !NixErrorMessage.IsRepetition(error)).Take(MaxMessages).ToList();
        var message = own.Count > 0 ? string.Join('\n', own) : errors is [.., var last] ? last : "Nix did not build it and did not say why.";
        return new BuildFailure(FailureClassifier.OfBuild(message, []), message);
    }
}
