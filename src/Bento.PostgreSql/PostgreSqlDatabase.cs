using Bento.Status;
using Bento.Transport;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// Runs what is asked of the database: tries again while it is away, and says in Bento's words what failed. The connection string is never
/// part of what it says.
/// </summary>
internal sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    private const int MaxConnectionBytes = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Nobody looks at a silent program for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    /// <summary>The database is another process: it comes back in real time, whatever clock an embedder or a test has given us.</summary>
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly PostgreSqlOptions _options;
    private readonly IReadOnlyList<IProgress<ConnectionWait>> _observers;
    private readonly Lock _lock = new();
    private NpgsqlDataSource? _source;

    public PostgreSqlDatabase(IOptions<PostgreSqlOptions> options, IEnumerable<IProgress<ConnectionWait>> observers)
    {
        _options = options.Value;
        _observers = [.. observers];
    }

    /// <summary>Where it is, without how to get in.</summary>
    public string Name
    {
        get
        {
            var connection = new NpgsqlConnectionStringBuilder(Source.ConnectionString);
            return $"{connection.Database ?? connection.Username} at {connection.Host}:{connection.Port}";
        }
    }

    /// <summary>Opened when it is first needed, and again where that failed: the file of its connection may come later.</summary>
    private NpgsqlDataSource Source
    {
        get
        {
            lock (_lock)
            {
                return _source ??= Open();
            }
        }
    }

    /// <summary>A connection for somebody who keeps it: to listen, to hold a lock.</summary>
    public async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Runs one unit of work, again from its beginning where the database went away in the middle of it.</summary>
    /// <param name="host">Whose record it is about, where it is about one.</param>
    /// <param name="work">The work; finds out by itself whether an earlier try of it was done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StatusStoreException">The database refused, or was away for too long.</exception>
    public async Task<T> RunAsync<T>(
        HostName? host, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (began, told) = (Clock.GetTimestamp(), Patience - Between);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await work(connection, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (IsOfDatabase(exception))
            {
                if (!IsAway(exception) || Clock.GetElapsedTime(began) + pause > _options.RetryFor)
                {
                    throw new StatusStoreException($"The status store {Name} failed: {Reason(exception)}", exception)
                    {
                        Host = host,
                        Kind = IsAway(exception) ? FailureKind.Unreachable : FailureKind.Store,
                        IsTransient = IsAway(exception),
                    };
                }
            }

            if (Clock.GetElapsedTime(began) is var elapsed && elapsed - told > Between)
            {
                told = elapsed;
                _observers.Tell(new ConnectionWait(Name, elapsed));
            }

            await Task.Delay(pause, Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _source?.Dispose();

    public ValueTask DisposeAsync() => _source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsOfDatabase(Exception exception) =>
        exception is NpgsqlException or IOException or System.Net.Sockets.SocketException or TimeoutException;

    /// <summary>Going down, coming up, cut off, or with no connection left: not a refusal.</summary>
    private static bool IsAway(Exception exception) => exception is not PostgresException refused
        || refused.SqlState is "57P01" or "57P02" or "57P03" or "53300" || refused.SqlState.StartsWith("08", StringComparison.Ordinal);

    private static string Reason(Exception exception) => exception is PostgresException refused
        ? $"{refused.MessageText} ({refused.SqlState})"
        : exception.Message;

    private NpgsqlDataSource Open()
    {
        var text = _options.Connection;
        if (_options.ConnectionFile is { } file)
        {
            try
            {
                // A pipe and a device have no length, and would be read without end.
                text = new FileInfo(file).Length is > 0 and <= MaxConnectionBytes
                    ? File.ReadAllText(file).Trim()
                    : throw new IOException($"it is no file, or has not between 1 and {MaxConnectionBytes} bytes.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StatusStoreException(
                    $"The connection of the status store cannot be read from '{file}': {exception.Message}", exception);
            }

            if (!PostgreSqlOptionsRules.IsConnection(text))
            {
                throw new StatusStoreException(
                    $"'{file}' does not hold a connection string such as Host=db;Database=bento;Username=bento.");
            }
        }

        var builder = new NpgsqlSlimDataSourceBuilder(text);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.ConnectionStringBuilder.ApplicationName ??= "bento";
        return builder.Build();
    }
}
