using System.Security.Cryptography;
using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>
/// What was prepared here and waits for signatures: the payloads, so that nothing else is published in their place, and their content.
/// Nothing of it is trusted before it is hashed again.
/// </summary>
internal sealed class StagedReleases(StateDirectories state)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Suffix = ".json";

    private readonly Lock _gate = new();
    private readonly string _directory = state.Staged;

    /// <summary>Keeps a release that was prepared, in place of the one of its host before it; thread-safe.</summary>
    /// <param name="release">The release.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="tree">Its content, which moves; null for a refresh, whose content is in the area.</param>
    public void Put(Release release, ReadOnlyMemory<byte> payload, ShippedTree? tree)
    {
        lock (_gate)
        {
            _ = Directory.CreateDirectory(_directory, Private);
            if (tree is not null && Find(release.Content) is null)
            {
                var target = PathOf(release.Content);
                Remove(target);
                _ = Directory.CreateDirectory(target, Private);
                Directory.Move(tree.Directory, Path.Join(target, "tree"));
                File.Move(tree.Archive, Path.Join(target, "archive"));
            }

            DurableFile.Write(Path.Join(_directory, release.Host + Suffix), payload.Span, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Whether a payload is the one that was prepared last for its host.</summary>
    public bool Has(HostName host, ReadOnlySpan<byte> payload) =>
        PlainFile.ReadAll(Path.Join(_directory, host + Suffix), ReleaseEnvelope.MaxBytes) is { } bytes && payload.SequenceEqual(bytes);

    /// <returns>The content; null when it is not there whole.</returns>
    public ShippedTree? Find(ReleaseContent content)
    {
        var (tree, archive) = (Path.Join(PathOf(content), "tree"), Path.Join(PathOf(content), "archive"));
        if (!Directory.Exists(tree) || !File.Exists(archive))
        {
            return null;
        }

        using var file = new FileStream(archive, FileMode.Open, FileAccess.Read);
        return file.Length == content.ArchiveBytes
            && ContentHash.FromBytes(SHA256.HashData(file)) == content.Archive
            && NarHash.Compute(tree) == content.TreeHash
            ? new ShippedTree(tree, archive, content)
            : null;
    }

    /// <summary>The closures of releases that wait for signatures; null when one of these cannot be read.</summary>
    public IReadOnlyList<ReleaseClosure>? Closures() =>
        Waiting() is { } waiting ? [.. waiting.Select(release => release.Closure).OfType<ReleaseClosure>()] : null;

    /// <summary>Forgets what was published, and content that no release waits for.</summary>
    public void Collect(IEnumerable<HostName> published)
    {
        foreach (var host in published)
        {
            _ = DurableFile.Delete(Path.Join(_directory, host + Suffix));
        }

        if (!Directory.Exists(_directory))
        {
            return;
        }

        if (Needed() is not { } needed)
        {
            return;
        }

        foreach (var content in Directory.EnumerateDirectories(_directory).Where(path => !needed.Contains(path)).ToList())
        {
            Remove(content);
        }
    }

    /// <returns>The directories of content that releases wait for; null when one of these is damaged: nothing goes then, until its host is
    /// prepared again.</returns>
    private HashSet<string>? Needed() =>
        Waiting()?.Select(release => PathOf(release.Content)).ToHashSet(StringComparer.Ordinal);

    private IReadOnlyList<Release>? Waiting()
    {
        try
        {
            return Directory.Exists(_directory)
                ?
                [
                    .. Directory.EnumerateFiles(_directory, "*" + Suffix)
                        .Select(path => PlainFile.ReadAll(path, ReleaseEnvelope.MaxBytes))
                        .OfType<byte[]>()
                        .Select(payload => PayloadJson.Read(payload)),
                ]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private string PathOf(ReleaseContent content) => Path.Join(_directory, content.Archive.ToString());
}
