namespace Bento.Protocol;

/// <summary>That the operator told a host to leave itself as it is. Signed with the release, and obeyed by the host.</summary>
/// <remarks>
/// Immutable. While it holds the host polls, verifies and reports, and begins nothing: no switch, no self-update, no reboot; a switch that
/// waits to be confirmed is confirmed or undone all the same. Every release that is published meanwhile carries it on.
/// </remarks>
public sealed record HostFreeze
{
    /// <summary>How long <see cref="Reason"/> may be.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Why, as one line of at most <see cref="MaxReasonLength"/> characters.</summary>
    public required string Reason { get; init; }

    /// <summary>When, by the publisher's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it ends by itself; null when somebody has to end it.</summary>
    /// <value>Default: null.</value>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it still holds.</summary>
    /// <param name="now">The time.</param>
    /// <returns>True until its end.</returns>
    public bool Holds(DateTimeOffset now) => Until is not { } until || now < until;
}
