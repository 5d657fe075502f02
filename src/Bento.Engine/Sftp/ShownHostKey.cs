using Bento.Protocol;

namespace Bento.Sftp;

/// <summary>What a server shows to prove who it is.</summary>
/// <param name="Name">The algorithm.</param>
/// <param name="Key">The key that it signs with.</param>
/// <param name="Certificate">What a certificate authority says about that key; null for none.</param>
internal sealed record ShownHostKey(string Name, ReadOnlyMemory<byte> Key, ShownCertificate? Certificate = null)
{
    public KeyFingerprint Fingerprint => KeyFingerprint.Of(Key.Span);
}
