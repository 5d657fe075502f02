namespace Bento.Protocol;

/// <summary>
/// A release as it travels: the exact bytes of the payload and the signatures over them, in one file, so that they cannot be torn apart.
/// </summary>
/// <param name="payload">The bytes that were signed: the release as JSON.</param>
/// <param name="signatures">SSHSIG signatures in armor (OpenSSH PROTOCOL.sshsig), namespace <c>bento-release</c>.</param>
/// <remarks>Immutable, as long as nobody changes the memory of the payload.</remarks>
public sealed class ReleaseEnvelope(ReadOnlyMemory<byte> payload, IReadOnlyList<string> signatures)
{
    /// <summary>The largest <c>release.json</c>, in bytes. A longer one is refused unread.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The bytes that were signed: the release as JSON.</summary>
    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>SSHSIG signatures in armor (OpenSSH PROTOCOL.sshsig), namespace <c>bento-release</c>.</summary>
    public IReadOnlyList<string> Signatures { get; } = [.. signatures];
}
