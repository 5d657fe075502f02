namespace Bento.Protocol;

/// <summary>
/// A release as it travels: the exact bytes of the payload and the signatures over them, in one file, so that they cannot be torn apart.
/// </summary>
/// <param name="Payload">The bytes that were signed: the release as JSON.</param>
/// <param name="Signatures">SSHSIG signatures in armor (OpenSSH PROTOCOL.sshsig), namespace <c>bento-release</c>.</param>
/// <remarks>Immutable.</remarks>
public sealed record ReleaseEnvelope(ReadOnlyMemory<byte> Payload, IReadOnlyList<string> Signatures)
{
    /// <summary>The largest <c>release.json</c>, in bytes. A longer one is refused unread.</summary>
    public const int MaxBytes = 64 * 1024;
}
