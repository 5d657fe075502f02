using System.Text;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;
using Bento.Testing.Transport;

namespace Bento.Engine.Tests.Status;

/// <summary>Reports of a hostile host, byte by byte.</summary>
public sealed class HostileReportTests : IDisposable
{
    private static readonly HostName Bad = HostName.Parse("bad");
    private static readonly HostName Good = HostName.Parse("good");

    private readonly HostileArea _area = new();

    public void Dispose() => _area.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task H10_a_row_beside_one_with_hostile_reports_stays_as_it_is()
    {
        var random = new Random(10);
        for (var round = 0; round < 60; round++)
        {
            var (name, seed) = Seeds[round % Seeds.Length];
            await File.WriteAllBytesAsync(_area.LogPath(name), Mutate(seed, random), TestContext.Current.CancellationToken);

            var statuses = await _area.ReadAsync();

            Assert.All(statuses[Bad].Remarks.Append(statuses[Bad].Reason), IsPlain);
            HostileArea.IsWell(statuses[Good]);
        }
    }

    /// <summary>More rounds: <c>BENTO_FUZZ_ROUNDS=100000</c>.</summary>
    [Fact(Timeout = 600_000)]
    public async Task H10_whatever_stands_in_a_report_it_is_taken_or_costs_one_remark_and_nothing_it_says_is_dangerous()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("BENTO_FUZZ_ROUNDS"), out var asked) ? asked : 3000;
        var random = new Random(10);
        var transport = new InMemoryTransport();
        var record = new HostRecord
        {
            Releases = [new PublishedRelease
        {
            Release = SomeRelease.Of("bad"),
            At = DateTimeOffset.UnixEpoch,
            By = "me",
        }]
        };
        await using var session = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            var (name, seed) = Seeds[round % Seeds.Length];
            transport.Server.Put(Bad, $"logs/{name}", Mutate(seed, random));

            var now = TimeProvider.System.GetUtcNow();
            var batch = await ReportReader.ReadAsync(
                session.OpenArea(Bad), record, 20, TimeProvider.System, TestContext.Current.CancellationToken);
            var seen = RecordUpdate.WithHeartbeat(RecordUpdate.Apply(record, batch, 20), batch);
            var status = StatusRule.Judge(new HostFacts(Bad, HostRecordJson.Read(HostRecordJson.Write(seen)), batch.Remarks), now);

            Assert.All(status.Remarks.Append(status.Reason), IsPlain);
            Assert.InRange(batch.UnreadableCount + batch.StrangerCount, 0, Seeds.Length);
        }
    }

    private static (string Name, byte[] Seed)[] Seeds { get; } =
    [
        ("1-2-result.json", ReportJson.Write(HostileArea.Result(Bad) with { Attempt = 2 })),
        ("1-2-start.json", ReportJson.Write(new AttemptStart
        {
            Release = SomeRelease.Of("bad").Id,
            Number = new(0, 1),
            Attempt = 2,
            At = DateTimeOffset.UnixEpoch,
            Running = null,
        })),
        ("beat.json", ReportJson.Write(new Heartbeat
        {
            At = DateTimeOffset.UnixEpoch,
            Interval = TimeSpan.FromHours(1),
            Agent = "1",
            Detail = "x",
            Refusal = Refusal.Fork,
        })),
    ];

    private static byte[] Mutate(byte[] seed, Random random)
    {
        string[] spices =
        [
            "[[[[[[[[[[[[[[[[[[[[",
            "1e999",
            "-9223372036854775809",
            "\\u001b[2J",
            "\\ud800",
            "\"schema\":1,",
            "null",
            "{}",
            "\u202e",
            "9999999999999999999999",
        ];
        var bytes = seed.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, int.Min(random.Next(1, 20), bytes.Count - at));
                    bytes.Add((byte)' ');
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(spices[random.Next(spices.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, int.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                default:
                    bytes[at] = (byte)"0\"{}[],:\\"[random.Next(9)];
                    break;
            }
        }

        return [.. bytes];
    }

    private static void IsPlain(string text) =>
        Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u202e' or '\u2028' or '\u2029');
}
