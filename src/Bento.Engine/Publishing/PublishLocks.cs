namespace Bento.Publishing;

/// <summary>What keeps other publishers out: the lock of the server, and the one of a store that several operators share.</summary>
internal sealed class PublishLocks(IAsyncDisposable server, IAsyncDisposable? store) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        try
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
