using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>A snapshot and its archive, made once for all hosts that it goes to.</summary>
/// <param name="Directory">The unpacked tree.</param>
/// <param name="Archive">The archive on disk.</param>
/// <param name="Content">What identifies it.</param>
internal sealed record ShippedTree(string Directory, string Archive, ReleaseContent Content)
{
    public static async Task<ShippedTree> PackAsync(Snapshot snapshot, WorkDirectory work, CancellationToken cancellationToken)
    {
        var archive = work.NewPath();
        var (hash, bytes) = await ContentArchive.WriteAsync(snapshot.Directory, archive, cancellationToken).ConfigureAwait(false);
        return new ShippedTree(snapshot.Directory, archive, new ReleaseContent
        {
            Archive = hash,
            ArchiveBytes = bytes,
            FileCount = snapshot.FileCount,
            TreeHash = snapshot.TreeHash,
        });
    }
}
