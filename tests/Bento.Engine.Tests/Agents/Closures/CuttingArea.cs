using Bento.Transport;

namespace Bento.Engine.Tests.Agents.Closures;

/// <summary>An area whose connection breaks after a number of bytes of file content.</summary>
internal sealed class CuttingArea(IArea inner, long bytes) : IArea, IRangedArea
{
    private long _left = bytes;

    /// <summary>What is awaited before a file is read.</summary>
    public Func<string, Task> Before { get; init; } = _ => Task.CompletedTask;

    public async Task<bool> CopyRangeToAsync(
        string path, long offset, long count, Stream destination, CancellationToken cancellationToken)
    {
        await Before(path);
        using var whole = new MemoryStream();
        if (!await ((IRangedArea)inner).CopyRangeToAsync(path, offset, count, whole, cancellationToken))
        {
            return false;
        }

        for (var at = 0; at < whole.Length; at += 1000)
        {
            var piece = whole.GetBuffer().AsMemory(at, (int)Math.Min(1000, whole.Length - at));
            var allowed = (int)Math.Clamp(Interlocked.Add(ref _left, -piece.Length) + piece.Length, 0, piece.Length);
            await destination.WriteAsync(piece[..allowed], cancellationToken);
            if (allowed < piece.Length)
            {
                throw new TransportException(TransportFailure.Unreachable, "The connection was cut.");
            }
        }

        return true;
    }

    public Task EnsureAsync(CancellationToken cancellationToken) => inner.EnsureAsync(cancellationToken);

    public Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken) =>
        inner.ReadAsync(path, maxBytes, cancellationToken);

    public Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken) => inner.LookAsync(path, cancellationToken);

    public Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken) =>
        inner.CopyToAsync(path, destination, maxBytes, cancellationToken);

    public Task WriteAsync(string path, Stream content, CancellationToken cancellationToken) =>
        inner.WriteAsync(path, content, cancellationToken);

    public Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.EnsureDirectoryAsync(path, cancellationToken);

    public Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken) =>
        inner.RemoveDirectoryAsync(path, cancellationToken);

    public IAsyncEnumerable<AreaEntry> ListAsync(string path, CancellationToken cancellationToken) =>
        inner.ListAsync(path, cancellationToken);

    public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) => inner.DeleteAsync(path, cancellationToken);
}
