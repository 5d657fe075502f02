using Bento.Hosts;

namespace Bento.Publishing;

/// <summary>Whose releases to make valid for longer.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RefreshRequest
{
    /// <summary>Which hosts, of those that were published from here.</summary>
    /// <value>Default: all.</value>
    public HostSelector Hosts { get; init; } = HostSelector.All;

    /// <summary>
    /// A directory, made where it is missing: releases are neither signed nor published, but written into it, to be signed on another
    /// machine. <see cref="IReleaseSigning"/> goes on from there.
    /// </summary>
    /// <value>Default: null, which signs and publishes. An absolute path.</value>
    public string? ForSigning { get; init; }
}
