using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building;

/// <summary>Says why an evaluation failed, adding what Nix leaves out.</summary>
internal static class EvaluationFailure
{
    /// <summary>Looks whether an evaluation failed, and explains it.</summary>
    /// <param name="source">What was evaluated.</param>
    /// <param name="outcome">How Nix ended.</param>
    /// <returns>The failure; null when the result can be used.</returns>
    public static BuildFailure? Find(ConfigurationSource source, ProcessOutcome outcome)
    {
        if (outcome.IsSuccess && !FailureClassifier.IsUnlocked(outcome.Error))
        {
            return null;
        }

        var message = NixErrorText.Of(outcome.Error, outcome.ExitCode);
        var kind = FailureClassifier.OfEvaluation(message);
        if (kind == BuildFailureKind.Unlocked)
        {
            // Not the path of the snapshot that was evaluated: the operator has to run it in the directory that they know.
            return new BuildFailure(kind, $"'{source.Name}' has inputs that its flake.lock does not hold: run 'nix flake lock' in that directory.\n{message}");
        }

        if (source.Kind == ConfigurationKind.Flake && message.Contains("does not provide attribute", StringComparison.Ordinal))
        {
            return new BuildFailure(kind, $"The flake '{source.Name}' describes no systems: it has no nixosConfigurations.\n{message}");
        }

        if (source.Kind == ConfigurationKind.Channel && message.Contains("file 'nixpkgs/nixos' was not found", StringComparison.Ordinal))
        {
            return new BuildFailure(kind, $"There is no <nixpkgs/nixos> here: add a channel named nixos (nix-channel --add), or set NIX_PATH.\n{message}");
        }

        return new BuildFailure(kind, message);
    }
}
