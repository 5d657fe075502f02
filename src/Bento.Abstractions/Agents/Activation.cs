namespace Bento.Agents;

/// <summary>How a switch ended.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Activation
{
    /// <summary>What the exit code of <c>switch-to-configuration</c> means.</summary>
    public required ActivationVerdict Verdict { get; init; }

    /// <summary>The exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The units that failed; empty unless the verdict is <see cref="ActivationVerdict.Degraded"/>.</summary>
    public required IReadOnlyList<string> FailedUnits { get; init => field = ValueList.Of(value); }

    /// <summary>Why it failed, as one sentence, where the exit code does not say it: it was killed, or took too long.</summary>
    /// <value>Default: null.</value>
    public string? Problem { get; init; }

    /// <summary>
    /// Why it did not begin, as one sentence: another switch was under way, or a check before it failed. Nothing was touched.
    /// </summary>
    /// <value>Default: null, which is: it began.</value>
    public string? Refusal { get; init; }
}
