using Bento.Agents;

namespace Bento.Cli.Deploy;

/// <summary>How a switch ended, in words.</summary>
internal static class ActivationWords
{
    public static string Of(Activation activation, ActivationMode mode, string machine) => activation.Verdict switch
    {
        ActivationVerdict.Failed when mode == ActivationMode.DryActivate =>
            $"what a switch of {machine} would do could not be told: switch-to-configuration failed (exit code {activation.ExitCode}).",
        _ when mode == ActivationMode.DryActivate => $"that is what a switch of {machine} would do. Nothing was changed.",
        ActivationVerdict.Done => $"{machine} runs the system.",
        ActivationVerdict.Degraded when activation.FailedUnits.Count > 0 =>
            $"{machine} runs the system, but units failed: {string.Join(", ", activation.FailedUnits)}.",
        ActivationVerdict.Degraded => $"{machine} runs the system, but units failed. To list them: systemctl --failed",
        ActivationVerdict.RebootNeeded => $"{machine} cannot switch to the system while it runs; it starts at the next boot.",
        _ => $"{machine} did not switch: switch-to-configuration failed (exit code {activation.ExitCode}).",
    };
}
