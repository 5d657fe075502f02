using Bento.Processes;
using Bento.Transport;

namespace Bento.Publishing;

/// <summary>
/// Files that are sent first, side by side, and get their names later, one after the other. Where an area cannot do that, a file is sent
/// when it gets its name.
/// </summary>
internal static class StagedFile
{
    /// <param name="area">The area.</param>
    /// <param name="files">The files: where each goes, and what opens its content.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <returns>The files, in their order; dispose them all.</returns>
    /// <exception cref="TransportException">One of them could not be sent.</exception>
    public static async Task<StagedFiles> StageAsync(
        this IArea area, IEnumerable<(string Path, Func<Stream> Open)> files, CancellationToken cancellationToken)
    {
        var staging = files.Select(file => StageAsync(area, file.Path, file.Open, cancellationToken)).ToList();
        try
        {
            return new StagedFiles(await Task.WhenAll(staging).ConfigureAwait(false));
        }
        catch
        {
            await new StagedFiles(
                [.. staging.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result)]).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<IStagedFile> StageAsync(IArea area, string path, Func<Stream> open, CancellationToken cancellationToken)
    {
        if (area.As<IStagingArea>() is not { } staging)
        {
            return new SentAtCommit(area, path, open);
        }

        var content = open();
        await using (content.ConfigureAwait(false))
        {
            return await staging.StageAsync(path, content, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class SentAtCommit(IArea area, string path, Func<Stream> open) : IStagedFile
    {
        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            var content = open();
            await using (content.ConfigureAwait(false))
            {
                await area.WriteAsync(path, content, cancellationToken).ConfigureAwait(false);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
