using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>A release that waits for signatures.</summary>
/// <param name="Release">What the payload says.</param>
/// <param name="Payload">The exact bytes to sign.</param>
/// <param name="Signatures">The signatures that it has, whoever made them; armored SSHSIG.</param>
/// <param name="Signers">The keys whose signatures fit the payload, each once. Whether they may sign is for the publisher and the hosts to
/// say.</param>
/// <remarks>Immutable.</remarks>
public sealed record SigningRequest(
    Release Release, ReadOnlyMemory<byte> Payload, IReadOnlyList<string> Signatures, IReadOnlyList<SshPublicKey> Signers);
