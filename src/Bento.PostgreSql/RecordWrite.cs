using Bento.Protocol;
using Bento.Status;
using Npgsql;
using NpgsqlTypes;

namespace Bento.PostgreSql;

/// <summary>
/// One change of a record, in one transaction with what goes with it: logs of attempts that the record no longer has, and a word to whoever
/// listens.
/// </summary>
/// <remarks>
/// Each change signs its row. Where the connection broke after the commit was sent, the next try finds its own signature, and knows that
/// it is done.
/// </remarks>
internal sealed class RecordWrite(string fleet, HostName host)
{
    private readonly Guid _writer = Guid.NewGuid();

    /// <returns>Whether the record is as it should be; false when somebody else changed it since it was read.</returns>
    public async Task<bool> TryAsync(
        NpgsqlConnection connection, long version, HostRecord before, HostRecord after, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (await WriteAsync(connection, version, after, cancellationToken).ConfigureAwait(false) == 0)
            {
                return await IsDoneAsync(connection, version, cancellationToken).ConfigureAwait(false);
            }

            await RemoveLogsAsync(connection, before, after, cancellationToken).ConfigureAwait(false);
            await TellAsync(connection, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private async Task<int> WriteAsync(NpgsqlConnection connection, long version, HostRecord after, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            version == 0
                ? """
                  INSERT INTO bento.host
                    (fleet, host, version, writer, record, release_epoch, release_sequence, last_outcome, heartbeat)
                  VALUES ($1, $2, $3 + 1, $4, $5, $6, $7, $8, $9)
                  ON CONFLICT (fleet, host) DO NOTHING
                  """
                : """
                  UPDATE bento.host SET version = $3 + 1, writer = $4, record = $5,
                    release_epoch = $6, release_sequence = $7, last_outcome = $8, heartbeat = $9
                  WHERE fleet = $1 AND host = $2 AND version = $3
                  """,
            connection);
        await using var closing = command.ConfigureAwait(false);
        var number = after.Releases is [{ Release.Number: var newest }, ..] ? newest : (ReleaseNumber?)null;
        Add(command, fleet);
        Add(command, host.ToString());
        Add(command, version);
        Add(command, _writer);
        Add(command, RecordText.Write(after));
        AddOrNull(command, NpgsqlDbType.Bigint, number?.Epoch);
        AddOrNull(command, NpgsqlDbType.Bigint, number?.Sequence);
        Add(command, RecordText.LastOutcome(after));
        AddOrNull(command, NpgsqlDbType.TimestampTz, after.HeartbeatReceived?.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsDoneAsync(NpgsqlConnection connection, long version, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            "SELECT 1 FROM bento.host WHERE fleet = $1 AND host = $2 AND version = $3 + 1 AND writer = $4", connection);
        await using var closing = command.ConfigureAwait(false);
        Add(command, fleet);
        Add(command, host.ToString());
        Add(command, version);
        Add(command, _writer);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private async Task RemoveLogsAsync(
        NpgsqlConnection connection, HostRecord before, HostRecord after, CancellationToken cancellationToken)
    {
        var gone = before.Attempts.Where(attempt => attempt.Log == LogState.Kept).ExceptBy(after.Attempts.Select(Key), Key).ToList();
        if (gone.Count == 0)
        {
            return;
        }

        var command = new NpgsqlCommand(
            """
            DELETE FROM bento.log USING unnest($3, $4, $5) AS gone (epoch, sequence, attempt)
            WHERE log.fleet = $1 AND log.host = $2
              AND log.epoch = gone.epoch AND log.sequence = gone.sequence AND log.attempt = gone.attempt
            """,
            connection);
        await using var closing = command.ConfigureAwait(false);
        Add(command, fleet);
        Add(command, host.ToString());
        Add(command, gone.Select(attempt => attempt.Number.Epoch).ToArray());
        Add(command, gone.Select(attempt => attempt.Number.Sequence).ToArray());
        Add(command, gone.Select(attempt => attempt.Attempt).ToArray());
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TellAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection);
        await using var closing = command.ConfigureAwait(false);
        Add(command, ChangeListener.Channel);
        Add(command, fleet);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static (ReleaseNumber Number, int Attempt) Key(RecordedAttempt attempt) => (attempt.Number, attempt.Attempt);

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private static void AddOrNull(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
