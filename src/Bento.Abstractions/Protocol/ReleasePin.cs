namespace Bento.Protocol;

/// <summary>That a host was given back what it had before, and keeps it until somebody says otherwise: a deploy leaves it alone.</summary>
/// <remarks>Immutable.</remarks>
public sealed record ReleasePin
{
    /// <summary>How long <see cref="Reason"/> may be.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Since when, by the publisher's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The release whose content the host was given back.</summary>
    public required ReleaseNumber To { get; init; }

    /// <summary>Why, as one line; null when nothing was said.</summary>
    /// <value>Default: null.</value>
    public string? Reason { get; init; }
}
