using System.Runtime.CompilerServices;
using Bento.Processes;

namespace Bento.Transport;

/// <summary>An area of a transport of somebody else.</summary>
/// <param name="session">What opens it.</param>
/// <param name="area">The area, opened by the first call: that it cannot be is the failure of its host too.</param>
internal sealed class GuardedArea(ITransportSession session, Lazy<IArea> area)
    : IArea, IPartGuard, IStagingArea, IRangedArea, ILinkingArea
{
    public object Part
    {
        get
        {
            try
            {
                return area.Value;
            }
            catch (Exception)
            {
                // Whatever is asked of this one says so.
                return this;
            }
        }
    }

    public Task EnsureAsync(CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.EnsureAsync(cancellationToken), cancellationToken);

    public Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<AreaProblem>>(
            async () => [.. await area.Value.CheckAsync(cancellationToken).ConfigureAwait(false)], cancellationToken);

    public Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.ReadAsync(path, maxBytes, cancellationToken), cancellationToken);

    public Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.LookAsync(path, cancellationToken), cancellationToken);

    public Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.CopyToAsync(path, destination, maxBytes, cancellationToken), cancellationToken);

    public Task<bool> CopyRangeToAsync(string path, long offset, long count, Stream destination, CancellationToken cancellationToken) =>
        AskAsync(() => ((IRangedArea)area.Value).CopyRangeToAsync(path, offset, count, destination, cancellationToken), cancellationToken);

    public Task WriteAsync(string path, Stream content, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.WriteAsync(path, content, cancellationToken), cancellationToken);

    public Task<IStagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken) => AskAsync<IStagedFile>(
        async () => new Staged(await ((IStagingArea)area.Value).StageAsync(path, content, cancellationToken).ConfigureAwait(false)),
        cancellationToken);

    public Task LinkAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken) =>
        AskAsync(() => ((ILinkingArea)area.Value).LinkAsync(files, cancellationToken), cancellationToken);

    public Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.EnsureDirectoryAsync(path, cancellationToken), cancellationToken);

    public Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.RemoveDirectoryAsync(path, cancellationToken), cancellationToken);

    /// <summary>Lazily, as the area lists: a failure in the middle is one of the step that asked for the next entry.</summary>
    public async IAsyncEnumerable<AreaEntry> ListAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<AreaEntry>? entries = null;
        try
        {
            while (await AskAsync(
                async () => await (entries ??= area.Value.ListAsync(path, cancellationToken).GetAsyncEnumerator(cancellationToken))
                    .MoveNextAsync().ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false))
            {
                yield return await AskAsync(() => Task.FromResult(entries!.Current), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (entries is not null)
            {
                await TransportCall.DisposeAsync(entries).ConfigureAwait(false);
            }
        }
    }

    public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(() => area.Value.DeleteAsync(path, cancellationToken), cancellationToken);

    private object Named => area.IsValueCreated ? area.Value : session;

    private Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) =>
        TransportCall.AskAsync(Named, call, cancellationToken);

    private Task AskAsync(Func<Task> call, CancellationToken cancellationToken) =>
        TransportCall.AskAsync(Named, call, cancellationToken);

    private sealed class Staged(IStagedFile inner) : IStagedFile
    {
        public Task CommitAsync(CancellationToken cancellationToken) =>
            TransportCall.AskAsync(inner, () => inner.CommitAsync(cancellationToken), cancellationToken);

        public ValueTask DisposeAsync() => TransportCall.DisposeAsync(inner);
    }
}
