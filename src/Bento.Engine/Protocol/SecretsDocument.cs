namespace Bento.Protocol;

/// <summary>The secrets of a release as they are written in it.</summary>
internal sealed record SecretsDocument(string Sha256, long Size, IReadOnlyList<SecretsDocument.FilePart> Files)
{
    public static SecretsDocument From(ReleaseSecrets secrets) => new(
        secrets.Archive.ToString(),
        secrets.ArchiveBytes,
        [.. secrets.Files.Select(file => new FilePart(file.Path, file.Owner, file.Group, SecretGrammar.DigitsOf(file.Mode)))]);

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public ReleaseSecrets ToSecrets() =>
        Size >= 0 && Files.Count is > 0 and <= SecretGrammar.MaxFiles && Files.All(file => file is not null)
            ? new ReleaseSecrets
            {
                Archive = ContentHash.Parse(Sha256),
                ArchiveBytes = Size,
                Files = [.. Files.Select(file => file.ToFile())],
            }
            : throw new FormatException("The size of the secrets is out of range, or their number.");

    internal sealed record FilePart(string Path, string Owner, string Group, string Mode)
    {
        public SecretFile ToFile() => SecretGrammar.IsPath(Path)
            && SecretGrammar.IsOwner(Owner)
            && SecretGrammar.IsOwner(Group)
            && SecretGrammar.ModeOf(Mode) is { } mode
            ? new SecretFile { Path = Path, Owner = Owner, Group = Group, Mode = mode }
            : throw new FormatException("Path, owner, group or mode of a secret is out of its grammar.");
    }
}
