using System.Collections.Concurrent;
using System.Text.Json;
using Bento.Status;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// Records that were read, for as long as their rows stay the same: whoever follows a fleet reads thousands of them again and again, and
/// hardly any has changed. A row is the same when the change that wrote it is: each signs with a number of its own.
/// </summary>
internal sealed class KnownRecords
{
    private readonly ConcurrentDictionary<HostName, (Guid Writer, HostRecord Record)> _records = new();

    /// <summary>Reads many records in one question; the database sends only those that are not known.</summary>
    /// <returns>The records, an empty one for a host without; those that are damaged are left out.</returns>
    public async Task<IReadOnlyDictionary<HostName, HostRecord>> ReadAsync(
        NpgsqlConnection connection, string fleet, IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken)
    {
        var asked = hosts.Select(host => (Host: host, Known: _records.GetValueOrDefault(host))).ToArray();
        var fresh = new List<(int Index, Guid Writer, byte[] Text)>();
        var isThere = new bool[asked.Length];
        var command = new NpgsqlCommand(
            """
            SELECT asked.number, row.writer, CASE WHEN row.writer <> asked.writer THEN row.record END
            FROM unnest($2, $3) WITH ORDINALITY AS asked (host, writer, number)
            JOIN bento.host AS row ON row.fleet = $1 AND row.host = asked.host
            """,
            connection);
        await using var closing = command.ConfigureAwait(false);
        Add(command, fleet);
        Add(command, Array.ConvertAll(asked, host => host.Host.ToString()));
        Add(command, Array.ConvertAll(asked, host => host.Known.Writer));
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var rowsClosing = rows.ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var index = (int)rows.GetInt64(0) - 1;
            isThere[index] = true;
            if (!await rows.IsDBNullAsync(2, cancellationToken).ConfigureAwait(false))
            {
                fresh.Add((
                    index, rows.GetGuid(1), await rows.GetFieldValueAsync<byte[]>(2, cancellationToken).ConfigureAwait(false)));
            }
        }

        var damaged = fresh.AsParallel().WithCancellation(cancellationToken)
            .Where(row => !TryKnow(asked[row.Index].Host, row.Writer, row.Text))
            .Select(row => asked[row.Index].Host)
            .ToHashSet();
        var records = new Dictionary<HostName, HostRecord>(asked.Length);
        for (var index = 0; index < asked.Length; index++)
        {
            if (!damaged.Contains(asked[index].Host))
            {
                records[asked[index].Host] = isThere[index] ? _records[asked[index].Host].Record : HostRecord.Empty;
            }
        }

        return records;
    }

    private bool TryKnow(HostName host, Guid writer, byte[] text)
    {
        try
        {
            _records[host] = (writer, RecordText.Read(text));
            return true;
        }
        catch (JsonException)
        {
            // Whoever reads it alone learns what is wrong with it.
            return false;
        }
    }

    private static void Add<T>(NpgsqlCommand command, T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
