using System.Globalization;
using Bento.Files;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Agents.Secrets;

/// <summary>The secrets of the host in the clear: a directory in memory for each release, and a link to the one that is in force.</summary>
/// <param name="link">What services read: a link.</param>
/// <param name="identityFile">The private key of the host.</param>
/// <param name="age">Decrypts.</param>
internal sealed class UnlockedSecrets(string link, string identityFile, Age age)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whoever owns a secret gets to it by its name; nobody but root sees which there are.</summary>
    private const UnixFileMode Searchable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Open = Searchable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    private readonly ContentUnpacker _unpacker = new(SecretGrammar.MaxBytes);
    private readonly string _generations = link + ".d";

    /// <summary>Decrypts the secrets of a release beside those that are in force; does nothing when they are there.</summary>
    /// <exception cref="SecretException">They cannot be opened with this key, or not be given to their owners.</exception>
    /// <exception cref="ContentException">They are not what the release says.</exception>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public async Task UnlockAsync(ReleaseId release, ReleaseSecrets secrets, byte[] cipher, CancellationToken cancellationToken)
    {
        if (Holds(release))
        {
            return;
        }

        Prepare();
        var temporary = DurableFile.TemporaryPath(PathOf(release));
        _ = Directory.CreateDirectory(temporary, Private);
        try
        {
            var archive = Path.Join(temporary, "archive");
            await age.DecryptAsync(cipher, identityFile, archive, cancellationToken).ConfigureAwait(false);
            var tree = Path.Join(temporary, "secrets");
            var packed = File.OpenRead(archive);
            await using (packed.ConfigureAwait(false))
            {
                await _unpacker.UnpackAsync(packed, tree, cancellationToken).ConfigureAwait(false);
            }

            GiveAway(tree, secrets.Files);
            DurableFile.Rename(tree, PathOf(release));
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>Whether the secrets of a release are in memory.</summary>
    public bool Holds(ReleaseId release) => WhyForeign(PathOf(release)) is null && WhyForeign(_generations) is null;

    /// <summary>Puts the secrets of a release in force, in one step; null for none.</summary>
    /// <exception cref="IOException">The link cannot be made.</exception>
    public void Point(ReleaseId? release)
    {
        if (FileStatus.Read(link) is { } status && status.Kind != FileKind.Link)
        {
            throw new ForeignFileException(link, status.Description);
        }

        if (release is null)
        {
            File.Delete(link);
            return;
        }

        var target = $"{Path.GetFileName(_generations)}/{release}";
        if (new FileInfo(link).LinkTarget == target)
        {
            return;
        }

        var temporary = DurableFile.TemporaryPath(link);
        _ = File.CreateSymbolicLink(temporary, target);
        DurableFile.Rename(temporary, link);
    }

    /// <summary>Removes the secrets of every release but one; null for all.</summary>
    public void KeepOnly(ReleaseId? release)
    {
        if (!Directory.Exists(_generations))
        {
            return;
        }

        foreach (var path in Directory.EnumerateDirectories(_generations)
            .Where(path => Path.GetFileName(path) != release?.ToString())
            .ToList())
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private void Prepare()
    {
        MakeOpen(Path.GetDirectoryName(_generations)!);
        if (FileStatus.Read(_generations) is not null && WhyForeign(_generations) is { } foreign)
        {
            throw new SecretException($"'{_generations}' is {foreign}: Bento puts no secrets there. Look who made it, then remove it.");
        }

        _ = Directory.CreateDirectory(_generations, Searchable);
        File.SetUnixFileMode(_generations, Searchable);
        var format = new DriveInfo(_generations).DriveFormat;
        if (!InMemory.Contains(format))
        {
            throw new SecretException(
                $"'{_generations}' lies on a file system of type {format}, and secrets are only put into memory. Set secrets.directory "
                    + "to a place on a tmpfs, such as /run/bento/secrets.");
        }

        // What has the name of a release and is not ours was put there by somebody else, and would pass for ours.
        foreach (var path in Directory.EnumerateFileSystemEntries(_generations).Where(path => WhyForeign(path) is not null).ToList())
        {
            throw new SecretException(
                $"'{path}' is {WhyForeign(path)}: Bento puts no secrets beside it. Look who made it, then remove it.");
        }

        DurableTree.RemoveTemporaries(_generations);
    }

    /// <summary>
    /// Makes what is missing, whatever the umask is: services must get through to it, and nobody else may put anything there.
    /// </summary>
    private static void MakeOpen(string directory)
    {
        if (!Directory.Exists(directory))
        {
            MakeOpen(Path.GetDirectoryName(directory)!);
            _ = Directory.CreateDirectory(directory, Open);
            File.SetUnixFileMode(directory, Open);
        }
    }

    /// <summary>Why a path is not a directory of this agent's own; null when it is one.</summary>
    private static string? WhyForeign(string path) => FileStatus.Read(path) switch
    {
        null => "missing",
        { Kind: not FileKind.Directory } other => other.Description,
        { Owner.UserId: var user } when user != FileOwner.Current.UserId => $"owned by {SystemUser.Describe(user)}",
        { Mode: var mode } when (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0 => "writable for others",
        _ => null,
    };

    /// <summary>Still in a directory that is closed to all others: nobody sees a file before it has its owner and mode.</summary>
    private static void GiveAway(string tree, IReadOnlyList<SecretFile> files)
    {
        var found = Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(tree, path));
        if (!found.ToHashSet(StringComparer.Ordinal).SetEquals(files.Select(file => file.Path)))
        {
            throw new ContentException("The encrypted archive does not hold the secrets that the release names.");
        }

        foreach (var file in files)
        {
            var path = Path.Join(tree, file.Path);
            new FileOwner(
                User(file.Owner) ?? throw NoSuch("owner", "user", file.Owner, file.Path),
                Group(file.Group) ?? throw NoSuch("group", "group", file.Group, file.Path)).Apply(path);
            File.SetUnixFileMode(path, file.Mode);
        }

        foreach (var directory in Directory.EnumerateDirectories(tree, "*", SearchOption.AllDirectories).Append(tree))
        {
            File.SetUnixFileMode(directory, Searchable);
        }
    }

    private static SecretException NoSuch(string part, string kind, string name, string path) =>
        new(
            $"The {part} '{name}' of the secret '{path}' is no {kind} of this host. One that the release brings itself does not exist "
                + "yet: give its number in the settings.");

    private static uint? User(string name) => Number(name) ?? FileOwner.Find(name)?.UserId;

    private static uint? Group(string name) => Number(name) ?? FileOwner.FindGroup(name);

    private static uint? Number(string name) =>
        uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string PathOf(ReleaseId release) => Path.Join(_generations, release.ToString());
}
