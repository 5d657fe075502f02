using Bento.Hosts;

namespace Bento.Cli.Terminal;

/// <summary>How the next step that the library means is taken on the command line.</summary>
internal static class NextStepText
{
    /// <summary>The problem, and what to do about it.</summary>
    public static string Of(FleetProblem problem) =>
        problem.NextStep is { } next ? $"{problem with { NextStep = null }} {Of(next)}" : problem.ToString();

    /// <summary>The step in words, with the command that takes it.</summary>
    public static string Of(NextStep step) => Command(step) is { } command
        ? $"{step.Text.TrimEnd('.')}: {(step.NeedsRoot ? "sudo " : string.Empty)}{command}"
        : step.Verb == NextStepVerb.ChooseDirectory ? "Use -C DIR or BENTO_DIR, or make one: bento init" : step.Text;

    private static string? Command(NextStep step) => step.Verb switch
    {
        NextStepVerb.CreateFleet => "bento init",
        NextStepVerb.Plan => $"bento plan{On(step)}",
        NextStepVerb.Deploy => $"bento deploy{On(step)}",
        NextStepVerb.PrepareForSigning => $"bento deploy --for-signing DIR{On(step)}",
        NextStepVerb.Refresh => $"bento refresh{On(step)}",
        NextStepVerb.AddHost => $"bento host add {Host(step)} --key FILE",
        NextStepVerb.RemoveHost => $"bento host remove {Host(step)}",
        NextStepVerb.RotateKey => "bento trust rotate",
        NextStepVerb.Examine => "bento doctor",
        NextStepVerb.ApplyStoreSchema => "bento store apply",
        NextStepVerb.EndRollout => "bento rollout abort, or bento rollout continue",
        NextStepVerb.PrintSshdConfiguration => "bento server sshd-config",
        _ => null,
    };

    private static string On(NextStep step) => step.Host is { } host ? $" --on {host}" : string.Empty;

    private static string Host(NextStep step) => step.Host?.ToString() ?? "NAME";
}
