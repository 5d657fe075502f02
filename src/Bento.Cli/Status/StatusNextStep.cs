using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Status;

/// <summary>How the next step about a host is taken on the command line.</summary>
internal static class StatusNextStep
{
    /// <summary>Stands for the name of the host where a step is said of several.</summary>
    public const string Host = "HOST";

    /// <summary>The step of one host.</summary>
    public static string For(string host, string step) => step.Replace(Host, host, StringComparison.Ordinal);

    /// <summary>The step, with <see cref="Host"/> where the name stands; null for a host that needs none.</summary>
    public static string? Of(HostStatus status) => status.NextStep switch
    {
        null => null,
        { Verb: NextStepVerb.Examine } => "To see why: bento doctor",
        { Verb: NextStepVerb.ReadLog } => $"To see why: bento logs {Host}",
        { Verb: NextStepVerb.ReadHistory } => $"To see why: bento history {Host}",
        { Verb: NextStepVerb.Compare } => $"To see what differs: bento diff --on {Host}",
        { Verb: NextStepVerb.Plan } => $"Fix its configuration, then: bento plan --on {Host}",
        { Verb: NextStepVerb.InspectAgent } => "Run there: bento agent status",
        var step => NextStepText.Of(step),
    };
}
