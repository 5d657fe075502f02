using Bento.Publishing;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// Excludes every other publisher of a fleet: an advisory lock for as long as a transaction is open, so that it also holds behind a pooler
/// that shares connections between transactions, and goes with the process or the connection.
/// </summary>
internal sealed class PublishLock : IAsyncDisposable
{
    /// <summary>Bento's own half of the key; the other is the fleet.</summary>
    private const int LockClass = 0x42656e74;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private int _isFreed;

    private PublishLock(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    /// <exception cref="PublishLockedException">Somebody else has it.</exception>
    public static async Task<PublishLock> TakeAsync(
        PostgreSqlDatabase database, string fleet, string holder, CancellationToken cancellationToken)
    {
        var connection = await database.ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

            // Nobody ends it because it is quiet for as long as a deploy builds, and others read in it who has the lock.
            _ = await AskAsync(
                connection,
                "SELECT set_config('idle_in_transaction_session_timeout', '0', true), set_config('application_name', $1, true)",
                [holder],
                cancellationToken).ConfigureAwait(false);
            if (await AskAsync(
                connection, $"SELECT pg_try_advisory_xact_lock({LockClass}, hashtext($1))", [fleet], cancellationToken)
                .ConfigureAwait(false) is true)
            {
                return new PublishLock(connection, transaction);
            }

            var other = await AskAsync(
                connection,
                $"""
                SELECT activity.application_name FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid)
                WHERE held.locktype = 'advisory' AND held.granted
                  AND held.classid::bigint = {LockClass} AND held.objid::bigint = hashtext($1)::bigint & 4294967295
                """,
                [fleet],
                cancellationToken).ConfigureAwait(false);
            throw new PublishLockedException(other as string is { Length: > 0 } name ? name : "another publisher");
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A database that is away has freed it already.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isFreed, 1) != 0)
        {
            return;
        }

        try
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or ObjectDisposedException)
        {
            // Gone with its session.
        }
    }

    private static async Task<object?> AskAsync(
        NpgsqlConnection connection, string text, string[] values, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(text, connection);
        await using var closing = command.ConfigureAwait(false);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
