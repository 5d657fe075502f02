using Bento.Protocol;

namespace Bento.Status;

/// <summary>What Nix and the switch printed during an attempt.</summary>
/// <remarks>Immutable. Written by a machine that may be hostile.</remarks>
public sealed class HostLog
{
    /// <summary>The number of the release.</summary>
    public required ReleaseNumber Number { get; init; }

    /// <summary>Which try at it.</summary>
    public required int Attempt { get; init; }

    /// <summary>The log, free of escape sequences and of control characters other than line feeds: safe on a terminal.</summary>
    public required string Text { get; init; }

    /// <summary>The bytes as the host wrote them, unpacked. They may do anything to a terminal.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }
}
