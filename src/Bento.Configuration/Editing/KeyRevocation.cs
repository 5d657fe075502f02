using Bento.Protocol;

namespace Bento.Configuration.Editing;

/// <summary>A key that can be revoked, and what would then be left.</summary>
public sealed class KeyRevocation
{
    /// <summary>The key.</summary>
    public required SigningKeyEntry Entry { get; init; }

    /// <summary>The keys that would go on signing, as far as they can be read.</summary>
    public required IReadOnlyList<SshPublicKey> Remaining { get; init; }

    /// <summary>How many of them must sign a release.</summary>
    public required int Threshold { get; init; }

    internal int Index { get; init; }
}
