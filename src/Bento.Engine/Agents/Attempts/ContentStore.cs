using Bento.Files;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Attempts;

/// <summary>
/// The configuration trees of a host. A new one is whole, verified and durable before it has its name; the old one stays until then.
/// </summary>
internal sealed class ContentStore(string directory, ContentUnpacker unpacker)
{
    private const string TreeName = "source";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The tree of a release, hashed again: what was verified may have changed on the disk since.</summary>
    /// <returns>Its directory; null when it is not there whole.</returns>
    public string? Find(ReleaseContent content)
    {
        var tree = Path.Join(PathOf(content), TreeName);
        return Directory.Exists(tree) && NarHash.Compute(tree) == content.TreeHash ? tree : null;
    }

    /// <summary>Fetches, verifies and unpacks the content of a release.</summary>
    /// <exception cref="ContentException">It is not what the release says.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="IOException">There is no room for it, or it cannot be written.</exception>
    public async Task FetchAsync(IArea area, ReleaseContent content, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(directory, Private);
        Remove(DurableFile.IsTemporary);
        var incoming = Path.Join(directory, ".incoming.tmp");
        try
        {
            _ = Directory.CreateDirectory(incoming, Private);
            var archive = Path.Join(incoming, "archive");
            await ContentDownload.FetchAsync(
                area, content, archive, Path.Join(incoming, TreeName), unpacker, cancellationToken).ConfigureAwait(false);
            File.Delete(archive);
            var target = PathOf(content);
            if (Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }

            DurableFile.SyncTree(incoming);
            DurableFile.Rename(incoming, target);
        }
        catch
        {
            // On a full disk what was fetched takes the room that the journal and the report need.
            Remove(DurableFile.IsTemporary);
            throw;
        }
    }

    /// <summary>Removes every tree but that of a release, or all: called when the host runs it.</summary>
    public void KeepOnly(ReleaseContent? content) => Remove(name => name != content?.Archive.ToString());

    private void Remove(Predicate<string> isOld)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var path in Directory.EnumerateDirectories(directory).Where(path => isOld(Path.GetFileName(path))).ToList())
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string PathOf(ReleaseContent content) => Path.Join(directory, content.Archive.ToString());
}
