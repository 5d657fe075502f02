using System.Text.RegularExpressions;
using Bento.Building.Errors;
using Bento.Building.Locks;
using Bento.Processes;
using Bento.Protocol;

namespace Bento.Building.Evaluation;

/// <summary>Says why an evaluation failed, adding what Nix leaves out.</summary>
internal static partial class EvaluationFailure
{
    private const int Killed = 128 + 9;

    /// <summary>Looks whether an evaluation failed, and explains it.</summary>
    /// <param name="source">What was evaluated.</param>
    /// <param name="outcome">How Nix ended.</param>
    /// <returns>The failure; null when the result can be used.</returns>
    public static BuildFailure? Find(ConfigurationSource source, ProcessOutcome outcome)
    {
        var isUnlocked = FailureClassifier.IsUnlocked(outcome.Error);
        if (outcome.IsSuccess && !isUnlocked)
        {
            return null;
        }

        if (outcome.ExitCode == Killed)
        {
            return new BuildFailure(
                BuildFailureKind.Memory, "Nix was killed while it evaluated, as a rule because the memory of the machine ran out.");
        }

        var report = NixReportReader.Read(outcome.Error);
        var kind = isUnlocked ? BuildFailureKind.Unlocked : FailureClassifier.OfEvaluation(report);
        var message = report.Reason.Trim().Length > 0
            ? EvaluationMessage.Of(report, source.Directory)
            : NixErrorText.Of(outcome.Error, outcome.ExitCode);
        return new BuildFailure(kind, (Advice(source, kind, report.Reason) is { } advice ? $"{advice}\n{message}" : message).Trim());
    }

    private static string? Advice(ConfigurationSource source, BuildFailureKind kind, string reason)
    {
        if (kind == BuildFailureKind.Unlocked)
        {
            // Not the path of the snapshot that was evaluated: the operator has to run it in the directory that they know.
            return $"'{source.Name}' has inputs that its flake.lock does not hold: run 'nix flake lock' in that directory.";
        }

        if (source.Kind == ConfigurationKind.Flake
            && FlakeLockFile.FindProblem(Path.Join(source.Directory, source.Subdirectory)) is { } problem)
        {
            return problem;
        }

        if (GitMissing().IsMatch(reason))
        {
            return "Nix needs git to fetch an input, and there is no git on the PATH. Install git.";
        }

        if (source.Kind == ConfigurationKind.Flake && reason.Contains("does not provide attribute", StringComparison.Ordinal))
        {
            return $"The flake '{source.Name}' describes no systems: it has no nixosConfigurations.";
        }

        return source.Kind == ConfigurationKind.Channel && NoChannel().IsMatch(reason)
            ? "There is no <nixpkgs/nixos> here: add a channel named nixos (nix-channel --add), or set NIX_PATH."
            : null;
    }

    [GeneratedRegex("""executing ['"]?git['"]?: No such file""", RegexOptions.CultureInvariant)]
    private static partial Regex GitMissing();

    [GeneratedRegex("file '(?:nixpkgs/nixos|nixpkgs)' was not found", RegexOptions.CultureInvariant)]
    private static partial Regex NoChannel();
}
