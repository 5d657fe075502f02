namespace Bento.Protocol;

/// <summary>What identifies the secrets of a release: files that only its host can read (docs/protocol.md, "Secrets").</summary>
/// <remarks>Immutable.</remarks>
public sealed record ReleaseSecrets
{
    /// <summary>The hash of the encrypted archive, which names it in the area.</summary>
    public required ContentHash Archive { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long ArchiveBytes { get; init; }

    /// <summary>What is in it, at least one, in ordinal order of the paths.</summary>
    public required IReadOnlyList<SecretFile> Files { get; init => field = ValueList.Of(value); }
}
