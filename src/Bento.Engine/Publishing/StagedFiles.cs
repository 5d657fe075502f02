using Bento.Transport;

namespace Bento.Publishing;

/// <summary>Files that wait for their names.</summary>
/// <param name="files">The files, in the order in which they get them.</param>
internal sealed class StagedFiles(IReadOnlyList<IStagedFile> files) : IAsyncDisposable
{
    private int _committed;

    /// <summary>Gives the next files their names, one after the other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops before the next one.</param>
    /// <exception cref="TransportException">One of them did not get its name, and those after it neither.</exception>
    public async Task CommitAsync(int count, CancellationToken cancellationToken)
    {
        for (var end = _committed + count; _committed < end; _committed++)
        {
            await files[_committed].CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives all that are left their names.</summary>
    /// <exception cref="TransportException">One of them did not get its name, and those after it neither.</exception>
    public Task CommitRestAsync(CancellationToken cancellationToken) => CommitAsync(files.Count - _committed, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
