namespace Bento.Sftp;

/// <summary>Disposing a client says goodbye to a peer that may never answer: it happens aside.</summary>
internal static class SftpDisposal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Starts to dispose, and leaves it to itself.</summary>
    public static void Begin(IDisposable client) => _ = DisposeAsync(client);

    /// <summary>Starts to dispose once the last call has ended; an enumerator cannot be disposed in the middle of one.</summary>
    public static void Begin(IAsyncDisposable enumerator, Task lastCall) => _ = Task.Run(async () =>
    {
        try
        {
            await lastCall.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await enumerator.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The peer is gone: nothing is left to say to it.
        }
    });

    /// <summary>Starts to dispose, and waits a moment.</summary>
    public static async ValueTask WaitAsync(IDisposable client, TimeProvider timeProvider)
    {
        try
        {
            await DisposeAsync(client).WaitAsync(Patience, timeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on alone; the process may end before it.
        }
    }

    private static Task DisposeAsync(IDisposable client) => Task.Run(() =>
    {
        try
        {
            client.Dispose();
        }
        catch (Exception)
        {
            // The peer is gone: nothing is left to say to it.
        }
    });
}
