using Renci.SshNet;

namespace Bento.Sftp;

/// <summary>
/// A connection of SSH.NET that ends when it is told to. Its own farewell waits for a peer that may not read any more; so it has a moment,
/// and then the socket is closed under it.
/// </summary>
internal sealed class SshConnection(SshClient client, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task? _ending;

    public SshClient Client => client;

    /// <summary>Ends it aside.</summary>
    public void End() => _ = EndAsync();

    /// <summary>Ends it, and waits a moment.</summary>
    public ValueTask DisposeAsync() => new(EndAsync());

    private Task EndAsync()
    {
        lock (_lock)
        {
            return _ending ??= Task.Run(FarewellAsync);
        }
    }

    private async Task FarewellAsync()
    {
        var socket = SshNetInternals.SocketOf(client);
        var farewell = Task.Run(SayGoodbye);
        try
        {
            await farewell.WaitAsync(Patience, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            socket?.Dispose();
        }
    }

    private void SayGoodbye()
    {
        try
        {
            client.Dispose();
        }
        catch (Exception)
        {
            // The peer is gone: nothing is left to say to it.
        }
    }
}
