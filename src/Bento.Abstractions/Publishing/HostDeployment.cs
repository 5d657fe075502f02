using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>What an operation did for one host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Outcome">What was done.</param>
/// <remarks>Immutable.</remarks>
public sealed record HostDeployment(HostName Host, DeployOutcome Outcome)
{
    /// <summary>The system that the configuration describes; null when it is not known.</summary>
    public StorePath? System { get; init; }

    /// <summary>The number of the current release; null when the host has none, or none was asked for.</summary>
    public ReleaseNumber? Number { get; init; }

    /// <summary>That the host keeps what it was given back, whatever the configuration says; null when it does not.</summary>
    public ReleasePin? Pin { get; init; }

    /// <summary>Why it failed; null unless <see cref="Outcome"/> is <see cref="DeployOutcome.Failed"/>.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The last lines of the log of the build that failed, oldest first; empty when no build ran.</summary>
    public IReadOnlyList<string> LogTail { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;
}
