namespace Bento.Protocol;

/// <summary>What identifies the secrets of a release: files that only its host can read (docs/protocol.md, "Secrets").</summary>
/// <param name="Archive">The hash of the encrypted archive, which names it in the area.</param>
/// <param name="ArchiveBytes">Its size in bytes.</param>
/// <param name="Files">What is in it, at least one, in ordinal order of the paths.</param>
/// <remarks>Immutable.</remarks>
public sealed record ReleaseSecrets(ContentHash Archive, long ArchiveBytes, IReadOnlyList<SecretFile> Files);
