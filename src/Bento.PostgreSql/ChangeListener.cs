using Bento.Hosts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// Passes on what the database tells about changes of a fleet, over one connection for all who listen. What it tells is a hint and never
/// the truth: a connection that breaks is opened again, and whoever listens looks once more because something may have been missed.
/// </summary>
internal sealed class ChangeListener(PostgreSqlDatabase database, IOptions<BentoOptions> bento, IOptions<PostgreSqlOptions> options)
    : IAsyncDisposable, IDisposable
{
    public const string Channel = "bento";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Action? _changed;
    private Task? _loop;

    /// <summary>Begins to listen.</summary>
    /// <param name="changed">Called on any thread.</param>
    /// <returns>Ends it; null where nobody is to listen.</returns>
    public IDisposable? Listen(Action changed)
    {
        if (!options.Value.Listen)
        {
            return null;
        }

        lock (_lock)
        {
            _changed += changed;
            _loop ??= Task.Run(ListenAsync);
        }

        return new Subscription(this, changed);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await (_loop ?? Task.CompletedTask).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(stop).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Away, full, or at its end: looks go on at their interval.
            }

            await Task.Delay(Pause, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenOnceAsync(CancellationToken stop)
    {
        var connection = await database.ConnectAsync(stop).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        connection.Notification += (_, told) =>
        {
            if (told.Payload == bento.Value.Fleet)
            {
                _changed?.Invoke();
            }
        };
        var command = new NpgsqlCommand($"LISTEN {Channel}", connection);
        await using (command.ConfigureAwait(false))
        {
            _ = await command.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
        }

        _changed?.Invoke();
        while (true)
        {
            await connection.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private sealed class Subscription(ChangeListener listener, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (listener._lock)
            {
                listener._changed -= changed;
            }
        }
    }
}
