namespace Bento.Diagnostics;

/// <summary>Something that is not as it should be.</summary>
/// <remarks>Immutable.</remarks>
public sealed record Finding
{
    /// <summary>What was looked at, in a word: <c>nix</c>, <c>areas</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>How bad it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>What is the matter, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The host that it concerns; null for the fleet or this machine.</summary>
    public HostName? Host { get; init; }

    /// <summary>What repairs it; null where the message says it.</summary>
    public NextStep? NextStep { get; init; }
}
