using System.Security.Cryptography;
using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>
/// What was planned and approved and is published later: for each host its release, and what that needs. It is here from the plan to the
/// publication, whatever happens to the configuration, and in a directory that only the publisher reads.
/// </summary>
/// <remarks>
/// Bounded by one rollout: each archive is there once, and goes with the rollout. What is kept counts only from
/// <see cref="Commit"/> on: a plan that was killed before holds no host back. Thread-safe.
/// </remarks>
internal sealed class PinnedReleases(StateDirectories state)
{
    private const int MaxSecretBytes = 4 * SecretGrammar.MaxBytes;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = Mode | UnixFileMode.UserExecute;
    private const string Suffix = ".json";

    private readonly string _directory = Path.Join(state.Rollout, "pinned");
    private readonly string _fresh = Path.Join(state.Rollout, "pinned.new");

    /// <summary>The hosts that have one.</summary>
    public IReadOnlySet<HostName> Hosts() => Directory.Exists(_directory)
        ? Directory.EnumerateFiles(_directory, "*" + Suffix)
            .Select(path => HostName.TryParse(Path.GetFileName(path)[..^Suffix.Length], out var host) ? host : default)
            .Where(host => host != default)
            .ToHashSet()
        : new HashSet<HostName>();

    /// <summary>Keeps the archive of several releases.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public async Task KeepAsync(ShippedTree tree, CancellationToken cancellationToken)
    {
        state.Prepare();
        _ = Directory.CreateDirectory(state.Rollout, DirectoryMode);
        _ = Directory.CreateDirectory(_fresh, DirectoryMode);
        var archive = new FileStream(tree.Archive, FileMode.Open, FileAccess.Read);
        await using (archive.ConfigureAwait(false))
        {
            await DurableFile.WriteAsync(ArchiveOf(_fresh, tree.Content), archive, Mode, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a release whose archive is kept, with its encrypted secrets.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Keep(Release release, ReadOnlySpan<byte> secrets)
    {
        if (release.Secrets is { Archive: var encrypted })
        {
            DurableFile.Write(SecretsOf(_fresh, encrypted), secrets, Mode);
        }

        DurableFile.Write(PathOf(_fresh, release.Host), PayloadJson.Write(release), Mode);
    }

    /// <summary>From here on the hosts are held back. Once more when that was interrupted.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public void Commit()
    {
        if (Directory.Exists(_fresh))
        {
            Remove(_directory);
            DurableFile.Rename(_fresh, _directory);
        }
    }

    /// <exception cref="ContentException">It is not there, or damaged.</exception>
    public Release Read(HostName host)
    {
        try
        {
            return PlainFile.ReadAll(PathOf(_directory, host), ReleaseEnvelope.MaxBytes) is { } bytes
                && PayloadJson.Read(bytes) is var release
                && release.Host == host
                    ? release
                    : throw new ContentException("What was planned for it is not here any more.");
        }
        catch (JsonException exception)
        {
            throw new ContentException($"What was planned for it is damaged: {exception.Message}", exception);
        }
    }

    /// <exception cref="ContentException">It is not there, or damaged.</exception>
    public ShippedTree ReadTree(ReleaseContent content)
    {
        var path = ArchiveOf(_directory, content);
        if (File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            if (file.Length == content.ArchiveBytes && ContentHash.FromBytes(SHA256.HashData(file)) == content.Archive)
            {
                return new ShippedTree(string.Empty, path, content);
            }
        }

        throw new ContentException($"The content that was planned for it is not in '{path}', or damaged.");
    }

    /// <returns>The encrypted secrets of a release; empty for none.</returns>
    /// <exception cref="ContentException">They are not there, or damaged.</exception>
    public byte[] ReadSecrets(Release release) => release.Secrets switch
    {
        null => [],
        { Archive: var hash } when PlainFile.ReadAll(SecretsOf(_directory, hash), MaxSecretBytes) is { } bytes
            && ContentHash.FromBytes(SHA256.HashData(bytes)) == hash => bytes,
        _ => throw new ContentException("The secrets that were planned for it are not here any more, or damaged."),
    };

    /// <summary>The closures that are still needed; null when a release cannot be read.</summary>
    public IReadOnlyList<ReleaseClosure>? Closures()
    {
        try
        {
            return [.. Hosts().Select(host => Read(host).Closure).OfType<ReleaseClosure>()];
        }
        catch (Exception exception) when (exception is ContentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Forgets the release of a host that is published, or never will be.</summary>
    public void Forget(HostName host)
    {
        if (Directory.Exists(_directory))
        {
            _ = DurableFile.Delete(PathOf(_directory, host));
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Remove(_fresh);
        foreach (var host in Hosts())
        {
            Forget(host);
        }

        Remove(_directory);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string PathOf(string directory, HostName host) => Path.Join(directory, host + Suffix);

    private static string ArchiveOf(string directory, ReleaseContent content) => Path.Join(directory, $"{content.Archive}.tar.gz");

    private static string SecretsOf(string directory, ContentHash encrypted) => Path.Join(directory, $"{encrypted}.age");
}
