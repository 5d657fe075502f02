using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// The read side of the store: pages and counts of a fleet, for screens that show thousands of hosts. No call reads a record, and none
/// takes longer because there are more hosts than it returns.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class PostgreSqlRecords
{
    /// <summary>The most rows that a page has.</summary>
    public const int MaxPage = 1000;

    private readonly PostgreSqlDatabase _database;
    private readonly PostgreSqlSchema _schema;
    private readonly string _fleet;

    internal PostgreSqlRecords(PostgreSqlDatabase database, PostgreSqlSchema schema, IOptions<BentoOptions> bento) =>
        (_database, _schema, _fleet) = (database, schema, bento.Value.Fleet);

    /// <summary>Counts hosts by how their last attempt ended.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each <see cref="RecordRow.LastOutcome"/> that a host has, how many have it.</returns>
    /// <exception cref="StatusStoreException">The database cannot be read.</exception>
    public Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyDictionary<string, long>>(
            null,
            async (connection, token) =>
            {
                var command = new NpgsqlCommand("SELECT outcome, hosts FROM bento.tally WHERE fleet = $1 AND hosts > 0", connection);
                await using var closing = command.ConfigureAwait(false);
                Add(command, _fleet);
                var counts = new Dictionary<string, long>(StringComparer.Ordinal);
                var rows = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var rowsClosing = rows.ConfigureAwait(false);
                while (await rows.ReadAsync(token).ConfigureAwait(false))
                {
                    counts[rows.GetString(0)] = rows.GetInt64(1);
                }

                return counts;
            },
            cancellationToken);

    /// <summary>Lists hosts, a page at a time.</summary>
    /// <param name="after">The last host of the page before; null for the first page.</param>
    /// <param name="count">The most rows; 1 to <see cref="MaxPage"/>.</param>
    /// <param name="lastOutcome">Only hosts with this <see cref="RecordRow.LastOutcome"/>; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The rows in ordinal order of their hosts; fewer than <paramref name="count"/> on the last page.</returns>
    /// <exception cref="StatusStoreException">The database cannot be read.</exception>
    public Task<IReadOnlyList<RecordRow>> ListAsync(
        HostName? after = null, int count = 100, string? lastOutcome = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxPage);
        return RunAsync<IReadOnlyList<RecordRow>>(
            null,
            async (connection, token) =>
            {
                var command = new NpgsqlCommand(
                    $"""
                    SELECT host, release_epoch, release_sequence, last_outcome, heartbeat FROM bento.host
                    WHERE fleet = $1 AND host > $2 {(lastOutcome is null ? string.Empty : "AND last_outcome = $4")}
                    ORDER BY host LIMIT $3
                    """,
                    connection);
                await using var closing = command.ConfigureAwait(false);
                Add(command, _fleet);
                Add(command, after?.ToString() ?? string.Empty);
                Add(command, count);
                if (lastOutcome is not null)
                {
                    Add(command, lastOutcome);
                }

                var page = new List<RecordRow>();
                var rows = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
                await using var rowsClosing = rows.ConfigureAwait(false);
                while (await rows.ReadAsync(token).ConfigureAwait(false))
                {
                    page.Add(Read(rows));
                }

                return page;
            },
            cancellationToken);
    }

    /// <summary>Forgets a host: its record and its logs. Its area is not touched, and what lies there makes a new record.</summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was a record.</returns>
    /// <exception cref="StatusStoreException">The database cannot be written.</exception>
    public Task<bool> DeleteAsync(HostName host, CancellationToken cancellationToken = default) => RunAsync(
        host,
        async (connection, token) =>
        {
            var command = new NpgsqlCommand(
                """
                WITH logs AS (DELETE FROM bento.log WHERE fleet = $1 AND host = $2),
                  told AS (SELECT pg_notify($3, $1)),
                  gone AS (DELETE FROM bento.host WHERE fleet = $1 AND host = $2 RETURNING 1)
                SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM told)
                """,
                connection);
            await using var closing = command.ConfigureAwait(false);
            Add(command, _fleet);
            Add(command, host.ToString());
            Add(command, ChangeListener.Channel);
            return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is > 0L;
        },
        cancellationToken);

    private static RecordRow Read(NpgsqlDataReader rows) => new()
    {
        Host = HostName.Parse(rows.GetString(0)),
        Release = rows.IsDBNull(1) ? null : new ReleaseNumber(rows.GetInt64(1), rows.GetInt64(2)),
        LastOutcome = rows.GetString(3),
        Heartbeat = rows.IsDBNull(4) ? null : new DateTimeOffset(rows.GetDateTime(4)),
    };

    private async Task<T> RunAsync<T>(
        HostName? host, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _schema.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await _database.RunAsync(host, work, cancellationToken).ConfigureAwait(false);
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
