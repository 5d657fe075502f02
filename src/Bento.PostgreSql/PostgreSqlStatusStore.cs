using System.Text.Json;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// One row a host, changed by compare-and-set: whoever read version 7 writes version 8 or begins again. Nobody holds a lock while a change
/// is thought about.
/// </summary>
internal sealed class PostgreSqlStatusStore(
    PostgreSqlDatabase database, PostgreSqlSchema schema, ChangeListener listener, IOptions<BentoOptions> bento) : IStatusStore
{
    /// <summary>Each try that loses lost to one that won: so many in a row mean that something else is wrong.</summary>
    private const int MaxTries = 1000;

    private readonly string _fleet = bento.Value.Fleet;
    private readonly KnownRecords _known = new();

    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) => RunAsync<IReadOnlyList<HostName>>(
        null,
        async (connection, token) =>
        {
            var command = Command(connection, "SELECT host FROM bento.host WHERE fleet = $1 ORDER BY host");
            await using var closing = command.ConfigureAwait(false);
            var hosts = new List<HostName>();
            var rows = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            await using var rowsClosing = rows.ConfigureAwait(false);
            while (await rows.ReadAsync(token).ConfigureAwait(false))
            {
                if (HostName.TryParse(rows.GetString(0), null, out var host))
                {
                    hosts.Add(host);
                }
            }

            return hosts;
        },
        cancellationToken);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) => RunAsync(
        host, async (connection, token) => (await ReadRowAsync(connection, host, token).ConfigureAwait(false)).Record, cancellationToken);

    public Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
        IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken) => RunAsync(
        null, (connection, token) => _known.ReadAsync(connection, _fleet, hosts, token), cancellationToken);

    public async Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken)
    {
        var attempt = new RecordWrite(_fleet, host);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var (before, version) = await RunAsync(host, (connection, token) => ReadRowAsync(connection, host, token), cancellationToken)
                .ConfigureAwait(false);
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return before;
            }

            if (await RunAsync(
                host, (connection, token) => attempt.TryAsync(connection, version, before, after, token), cancellationToken)
                .ConfigureAwait(false))
            {
                return after;
            }
        }

        throw new StatusStoreException($"The record of '{host}' changed {MaxTries} times while it was to be changed.") { Host = host };
    }

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) => RunAsync(
        host,
        async (connection, token) =>
        {
            var command = Command(
                connection,
                "SELECT gzip FROM bento.log WHERE fleet = $1 AND host = $2 AND epoch = $3 AND sequence = $4 AND attempt = $5");
            await using var closing = command.ConfigureAwait(false);
            AddLog(command, host, number, attempt);
            return (byte[]?)await command.ExecuteScalarAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) => RunAsync(
        host,
        async (connection, token) =>
        {
            var command = Command(
                connection,
                """
                INSERT INTO bento.log (fleet, host, epoch, sequence, attempt, gzip) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (fleet, host, epoch, sequence, attempt) DO UPDATE SET gzip = excluded.gzip
                """);
            await using var closing = command.ConfigureAwait(false);
            AddLog(command, host, number, attempt);
            Add(command, gzip);
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        },
        cancellationToken);

    public Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken) => RunAsync<IAsyncDisposable?>(
        null,
        async (_, token) => await PublishLock.TakeAsync(database, _fleet, holder, token).ConfigureAwait(false),
        cancellationToken);

    public IDisposable? Listen(Action changed) => listener.Listen(changed);

    private async Task<(HostRecord Record, long Version)> ReadRowAsync(
        NpgsqlConnection connection, HostName host, CancellationToken cancellationToken)
    {
        var command = Command(connection, "SELECT record, version FROM bento.host WHERE fleet = $1 AND host = $2");
        await using var closing = command.ConfigureAwait(false);
        Add(command, host.ToString());
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsClosing = rows.ConfigureAwait(false);
        if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            return (HostRecord.Empty, 0);
        }

        try
        {
            return (RecordText.Read(await rows.GetFieldValueAsync<byte[]>(0, cancellationToken).ConfigureAwait(false)), rows.GetInt64(1));
        }
        catch (JsonException exception)
        {
            throw new StatusStoreException($"The record of '{host}' in {database.Name} cannot be read: {exception.Message}", exception)
            {
                Host = host,
                NextStep = "Delete the row: the next deploy and the reports in the area make a new one; older attempts are lost.",
            };
        }
    }

    private async Task<T> RunAsync<T>(
        HostName? host, Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await database.RunAsync(host, work, cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string text)
    {
        var command = new NpgsqlCommand(text, connection);
        Add(command, _fleet);
        return command;
    }

    private static void AddLog(NpgsqlCommand command, HostName host, ReleaseNumber number, int attempt)
    {
        Add(command, host.ToString());
        Add(command, number.Epoch);
        Add(command, number.Sequence);
        Add(command, attempt);
    }

    private static void Add<T>(NpgsqlCommand command, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
