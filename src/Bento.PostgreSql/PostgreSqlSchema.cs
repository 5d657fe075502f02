using System.Globalization;
using Bento.Status;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>
/// The tables of the status store. Nothing changes them but <see cref="ApplyAsync"/>: a store that finds others than it needs says so.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class PostgreSqlSchema
{
    /// <summary>The version that this program works with: the number of its newest script.</summary>
    public static int Needed => 1;

    private readonly PostgreSqlDatabase _database;
    private volatile bool _isCurrent;

    internal PostgreSqlSchema(PostgreSqlDatabase database) => _database = database;

    /// <summary>Where the database is, without how to get in: <c>bento at db:5432</c>.</summary>
    /// <exception cref="StatusStoreException">The connection stands in a file that cannot be read.</exception>
    public string Database => _database.Name;

    /// <summary>Looks, and changes nothing.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Which version there is.</returns>
    /// <exception cref="StatusStoreException">The database cannot be reached, or not be read.</exception>
    public async Task<SchemaState> CheckAsync(CancellationToken cancellationToken = default) => new(
        await _database.RunAsync(null, ReadVersionAsync, cancellationToken).ConfigureAwait(false), Needed);

    /// <summary>
    /// Brings the tables to <see cref="Needed"/>, all scripts in one transaction: it happens whole or not at all, and again without harm.
    /// </summary>
    /// <param name="cancellationToken">Gives up; nothing was changed.</param>
    /// <returns>Which version there was before.</returns>
    /// <exception cref="StatusStoreException">The database refused, or its tables are of a newer Bento.</exception>
    public async Task<SchemaState> ApplyAsync(CancellationToken cancellationToken = default)
    {
        var before = await CheckAsync(cancellationToken).ConfigureAwait(false);
        if (before.Version > Needed)
        {
            throw Unfit(before);
        }

        _ = await _database.RunAsync(
            null,
            async (connection, token) =>
            {
                var command = new NpgsqlCommand(Export(), connection);
                await using var closing = command.ConfigureAwait(false);
                return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return before;
    }

    /// <summary>What <see cref="ApplyAsync"/> runs, for who applies it by hand: <c>psql --single-transaction --file</c>.</summary>
    /// <returns>The scripts in order, in one transaction.</returns>
    public static string Export()
    {
        var scripts = Enumerable.Range(1, Needed).Select(version =>
        {
            using var stream = typeof(PostgreSqlSchema).Assembly.GetManifestResourceStream(
                string.Create(CultureInfo.InvariantCulture, $"{version:000}.sql"))!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        });

        // Two who apply at once do so one after the other.
        return $"BEGIN;\nSELECT pg_advisory_xact_lock(hashtext('bento schema'));\n\n{string.Join('\n', scripts)}\nCOMMIT;\n";
    }

    /// <summary>Asks once in the life of a store.</summary>
    /// <exception cref="StatusStoreException">The tables are not those that this program works with.</exception>
    internal async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_isCurrent)
        {
            return;
        }

        var state = await CheckAsync(cancellationToken).ConfigureAwait(false);
        _isCurrent = state.IsCurrent ? true : throw Unfit(state);
    }

    private StatusStoreException Unfit(SchemaState state) => state.Version > Needed
        ? new StatusStoreException(
            $"The tables of the status store {_database.Name} have version {state.Version}, and this Bento works with version {Needed}.")
        {
            NextStep = "Update this Bento: a newer one changed the tables.",
        }
        : new StatusStoreException(state.Version == 0
            ? $"The status store {_database.Name} has no tables yet."
            : $"The tables of the status store {_database.Name} have version {state.Version}, and this Bento needs version {Needed}.")
        {
            NextStep = new NextStep("Apply the schema of the status store.") { Verb = NextStepVerb.ApplyStoreSchema },
        };

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var exists = new NpgsqlCommand("SELECT to_regclass('bento.schema_version') IS NOT NULL", connection);
        await using var closing = exists.ConfigureAwait(false);
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            return 0;
        }

        var version = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM bento.schema_version", connection);
        await using var versionClosing = version.ConfigureAwait(false);
        return (int)(await version.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
