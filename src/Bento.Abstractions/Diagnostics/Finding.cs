namespace Bento.Diagnostics;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Subject">What was looked at, in a word: <c>nix</c>, <c>areas</c>.</param>
/// <param name="Kind">How bad it is.</param>
/// <param name="Message">What is the matter, as a sentence.</param>
/// <remarks>Immutable.</remarks>
public sealed record Finding(string Subject, FindingKind Kind, string Message)
{
    /// <summary>The host that it concerns; null for the fleet or this machine.</summary>
    public HostName? Host { get; init; }

    /// <summary>What repairs it, a command where there is one; null where the message says it.</summary>
    public string? NextStep { get; init; }
}
