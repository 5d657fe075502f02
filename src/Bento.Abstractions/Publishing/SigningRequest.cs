using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>A release that waits for signatures.</summary>
/// <remarks>Immutable, as long as nobody changes the memory of the payload.</remarks>
public sealed class SigningRequest
{
    /// <summary>What the payload says.</summary>
    public required Release Release { get; init; }

    /// <summary>The exact bytes to sign.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The signatures that it has, whoever made them; armored SSHSIG.</summary>
    public required IReadOnlyList<string> Signatures { get; init; }

    /// <summary>
    /// The keys whose signatures fit the payload, each once. Whether they may sign is for the publisher and the hosts to
    /// say.
    /// </summary>
    public required IReadOnlyList<SshPublicKey> Signers { get; init; }
}
