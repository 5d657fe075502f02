namespace Bento.Agents;

/// <summary>How a switch ended.</summary>
/// <param name="Verdict">What the exit code of <c>switch-to-configuration</c> means.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="FailedUnits">The units that failed; empty unless the verdict is <see cref="ActivationVerdict.Degraded"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record Activation(ActivationVerdict Verdict, int ExitCode, IReadOnlyList<string> FailedUnits)
{
    /// <summary>Why it failed, as one sentence, where the exit code does not say it: it was killed, or took too long.</summary>
    /// <value>Default: null.</value>
    public string? Problem { get; init; }

    /// <summary>
    /// Why it did not begin, as one sentence: another switch was under way, or a check before it failed. Nothing was touched.
    /// </summary>
    /// <value>Default: null, which is: it began.</value>
    public string? Refusal { get; init; }
}
