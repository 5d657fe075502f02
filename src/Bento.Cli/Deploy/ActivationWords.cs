using Bento.Agents;

namespace Bento.Cli.Deploy;

/// <summary>How a switch ended, in words.</summary>
internal static class ActivationWords
{
    public static string Of(Activation activation, string machine) => activation.Verdict switch
    {
        ActivationVerdict.Done => $"{machine} runs the system.",
        ActivationVerdict.Degraded when activation.FailedUnits.Count > 0 => $"{machine} runs the system, and units failed: {string.Join(", ", activation.FailedUnits)}.",
        ActivationVerdict.Degraded => $"{machine} runs the system, and units failed: systemctl --failed names them.",
        ActivationVerdict.RebootNeeded => $"{machine} cannot switch to the system live; its next boot starts it.",
        _ => $"{machine} did not switch: switch-to-configuration ended with {activation.ExitCode}.",
    };
}
