namespace Bento.Agents;

/// <summary>How a switch ended.</summary>
/// <param name="Verdict">What the exit code of <c>switch-to-configuration</c> means.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="FailedUnits">The units that failed; empty unless the verdict is <see cref="ActivationVerdict.Degraded"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record Activation(ActivationVerdict Verdict, int ExitCode, IReadOnlyList<string> FailedUnits);
