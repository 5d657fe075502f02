using Bento.Protocol;

namespace Bento.Status;

/// <summary>What Nix and the switch printed during an attempt.</summary>
/// <param name="Number">The number of the release.</param>
/// <param name="Attempt">Which try at it.</param>
/// <param name="Text">The log, free of escape sequences and of control characters other than line feeds: safe on a terminal.</param>
/// <param name="Raw">The bytes as the host wrote them, unpacked. They may do anything to a terminal.</param>
/// <remarks>Immutable. Written by a machine that may be hostile.</remarks>
public sealed record HostLog(ReleaseNumber Number, int Attempt, string Text, ReadOnlyMemory<byte> Raw);
