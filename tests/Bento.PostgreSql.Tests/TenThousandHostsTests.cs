using System.Diagnostics;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bento.PostgreSql.Tests;

/// <summary>What a look at ten thousand hosts costs, against one SELECT of the same rows in the same run.</summary>
public sealed class TenThousandHostsTests(Database database)
{
    private const int Hosts = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Takes minutes, and means something only on a machine that does nothing else.</summary>
    [Fact(Timeout = 900_000, Explicit = true)]
    public async Task A_status_is_measured_against_one_select_of_the_same_rows()
    {
        var fleet = $"t{Guid.NewGuid():N}";
        await using var process = Process(fleet);
        var store = process.GetRequiredService<IStatusStore>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Hosts), Token, async (number, token) =>
        {
            var host = HostName.Parse($"h{number}");
            _ = await store.UpdateAsync(host, _ => Record(host), token);
        });
        var status = process.GetRequiredService<IFleetStatus>();
        await using var source = NpgsqlDataSource.Create(database.Server.ConnectionTo(database.Name));

        var lines = new List<string> { $"{database.Server.Sql(
            database.Name, $"SELECT pg_size_pretty(sum(length(record))) FROM bento.host WHERE fleet = '{fleet}'")} of records" };
        for (var run = 0; run < 4; run++)
        {
            var select = await TimeAsync(() => SelectAsync(source, fleet, parse: false));
            var parsed = await TimeAsync(() => SelectAsync(source, fleet, parse: true));
            var whole = await TimeAsync(async () => Assert.Equal(Hosts, (await status.ReadAsync(HostSelector.All, Token)).Count));
            var counts = await TimeAsync(() => process.GetRequiredService<PostgreSqlRecords>().CountAsync(Token));
            lines.Add($"SELECT {select:0} ms, SELECT and parse {parsed:0} ms, status {whole:0} ms, counts {counts:0.0} ms: "
                + $"{whole / select:0.0} and {whole / parsed:0.0} times");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
    }

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task SelectAsync(NpgsqlDataSource source, string fleet, bool parse)
    {
        await using var command = source.CreateCommand("SELECT host, record FROM bento.host WHERE fleet = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = fleet });
        await using var rows = await command.ExecuteReaderAsync(Token);
        while (await rows.ReadAsync(Token))
        {
            var record = await rows.GetFieldValueAsync<byte[]>(1, Token);
            _ = parse ? RecordText.Read(record) : null;
        }
    }

    private static HostRecord Record(HostName host) => new()
    {
        Releases =
        [
            .. Enumerable.Range(1, 5).Reverse().Select(sequence => new PublishedRelease
            {
                Release = new Release
                {
                    Fleet = FleetName.Parse("bento"),
                    Host = host,
                    Number = new ReleaseNumber(0, sequence),
                    Id = ReleaseId.Parse(new string('a', 32)),
                    Issued = DateTimeOffset.UnixEpoch,
                    Expires = DateTimeOffset.UnixEpoch.AddYears(100),
                    Kind = ConfigurationKind.Flake,
                    Attribute = host.ToString(),
                    Content = new ReleaseContent
                    {
                        Archive = ContentHash.FromBytes(new byte[32]),
                        ArchiveBytes = 1234,
                        FileCount = 5,
                        TreeHash = TreeHash.FromBytes(new byte[32]),
                    },
                    Policy = HostPolicy.Default,
                },
                At = DateTimeOffset.UnixEpoch,
                By = "alice@admin",
            }),
        ],
    };

    private ServiceProvider Process(string fleet)
    {
        var transport = new InMemoryTransport();
        foreach (var number in Enumerable.Range(0, Hosts))
        {
            transport.Server.Put(HostName.Parse($"h{number}"), "logs/note", "x");
        }

        var services = new ServiceCollection();
        _ = services.AddSingleton<ITransport>(transport);
        services.AddBento(options =>
        {
            options.Directory = Directory.CreateTempSubdirectory("bento-test-").FullName;
            options.Fleet = fleet;
        }).UsePostgreSql(options => options.Connection = database.Server.ConnectionTo(database.Name));
        return services.BuildServiceProvider();
    }
}
