using System.Diagnostics;
using System.Text;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Testing;
using Bento.Testing.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Status;

/// <summary>Areas on a real file system, with <c>logs/</c> as a hostile host would fill it, beside a host that is well.</summary>
public sealed class HostileHostTests : IDisposable
{
    private static readonly HostName Bad = HostName.Parse("bad");
    private static readonly HostName Good = HostName.Parse("good");

    private readonly TempDirectory _directory = new();
    private readonly ServiceProvider _services;

    public HostileHostTests()
    {
        _services = new ServiceCollection().AddBento(options => options.Directory = _directory.FullPath).Services.BuildServiceProvider();
        foreach (var host in new[] { Bad, Good })
        {
            var release = SomeRelease.Of(host.ToString());
            _ = _services.GetRequiredService<IStatusStore>().UpdateAsync(
                host, _ => new HostRecord { Releases = [new PublishedRelease(release, TimeProvider.System.GetUtcNow().AddHours(-1), "me")] }, CancellationToken.None);
            Write(host, "1-1-result.json", Result(host));
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("link to a device")]
    [InlineData("dangling link")]
    [InlineData("directory")]
    public async Task H1_what_leads_elsewhere_is_one_foreign_entry(string kind)
    {
        var path = LogPath("2-1-result.json");
        _ = kind switch
        {
            "symbolic link" => File.CreateSymbolicLink(path, "/etc/shadow"),
            "link to a device" => File.CreateSymbolicLink(path, "/dev/zero"),
            "dangling link" => File.CreateSymbolicLink(path, "/nowhere"),
            _ => Directory.CreateDirectory(path),
        };

        await IsOneRemarkAsync("1 foreign entry in logs/.");
    }

    [Fact]
    public async Task H2_a_hard_link_to_a_file_of_somebody_else_is_one_foreign_entry()
    {
        Shell.Run("ln", _directory.WriteFile("secret", "x"), LogPath("2-1-result.json"));

        await IsOneRemarkAsync("1 foreign entry in logs/.");
    }

    [Fact(Timeout = 30_000)]
    public async Task H3_a_pipe_that_nobody_writes_to_is_one_foreign_entry_at_once()
    {
        Shell.Run("mkfifo", LogPath("beat.json"));
        Shell.Run("mkfifo", LogPath("2-1-result.json"));

        await IsOneRemarkAsync("2 foreign entries in logs/.");
    }

    [Fact(Timeout = 30_000)]
    public async Task H4_H5_files_that_say_they_are_huge_are_read_up_to_the_limit_and_no_buffer_has_their_size()
    {
        Shell.Run("truncate", "-s", "1T", LogPath("1-2-result.json"));
        Shell.Run("truncate", "-s", "100G", LogPath("beat.json"));
        Shell.Run("truncate", "-s", "1T", LogPath("1-1-log.gz"));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await IsOneRemarkAsync("2 unreadable reports in logs/.");

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 32 * 1024 * 1024);
    }

    [Fact(Timeout = 60_000)]
    public async Task H7_entries_without_end_are_looked_at_up_to_a_number()
    {
        for (var index = 0; index < 20_000; index++)
        {
            File.CreateSymbolicLink(LogPath($"junk-{index}"), "x");
        }

        var statuses = await ReadAsync();

        Assert.Contains("There are more than 5000 entries in logs/; the rest was not looked at.", statuses[Bad].Remarks);
        IsWell(statuses[Good]);
    }

    [Fact]
    public async Task H8_whatever_names_there_are_nothing_of_them_is_said()
    {
        var random = new Random(8);
        for (var index = 0; index < 300; index++)
        {
            var name = new byte[random.Next(1, 80)];
            random.NextBytes(name);
            var escaped = string.Concat(name.Where(b => b is not 0 and not (byte)'/').Append((byte)'x').Select(b => $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"));
            Shell.Run("/bin/sh", "-c", $"printf x > \"{LogPath(string.Empty)}$(printf '{escaped}')\"");
        }

        var statuses = await ReadAsync();

        Assert.All(statuses[Bad].Remarks, remark => Assert.Matches("^[ -~]+$", remark));
        Assert.Matches("^[0-9]+ foreign entries in logs/.$", Assert.Single(statuses[Bad].Remarks));
        IsWell(statuses[Good]);
    }

    [Fact]
    public async Task H11_a_success_at_another_release_is_not_one_at_this()
    {
        var forged = Result(Bad) with { Release = SomeRelease.Of("elsewhere").Id };
        Write(Bad, "1-1-result.json", forged);

        var status = (await ReadAsync())[Bad];

        Assert.Equal(HostState.NewMachine, status.State);
        Assert.Equal(["1 report about releases that were never published."], status.Remarks);
    }

    [Theory]
    [InlineData("2099-01-01")]
    [InlineData("1970-01-01")]
    public async Task H13_a_time_that_the_host_sets_changes_neither_age_nor_order(string time)
    {
        Write(Bad, "beat.json", new Heartbeat { At = DateTimeOffset.MaxValue, Interval = TimeSpan.FromHours(1), Agent = "1" });
        foreach (var name in (string[])["beat.json", "1-1-result.json"])
        {
            File.SetLastWriteTimeUtc(LogPath(name), DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        }

        var status = (await ReadAsync())[Bad];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.InRange(status.LastSeen!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Old_logs_of_bash_bento_stay_old_when_all_of_them_are_touched_by_chmod()
    {
        File.Delete(LogPath("1-1-result.json"));
        foreach (var day in Enumerable.Range(1, 9))
        {
            var path = LogPath($"2026010{day}-1200_{SomeRelease.System("bad").BaseName}_success.log.gz");
            await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, day, 12, 0, 0, DateTimeKind.Utc));
        }

        Shell.Run("chmod", "-R", "g+r", LogPath(string.Empty));

        var status = (await ReadAsync())[Bad];

        Assert.NotEqual(HostState.ExtraLogs, status.State);
        Assert.Equal(new DateTimeOffset(2026, 1, 9, 12, 0, 0, TimeSpan.Zero), status.LastSeen);
    }

    [Fact(Timeout = 60_000)]
    public async Task H17_directories_in_directories_are_not_entered()
    {
        Directory.CreateDirectory(LogPath(string.Join('/', Enumerable.Repeat("d", 1000))));
        var began = Stopwatch.GetTimestamp();

        await IsOneRemarkAsync("1 foreign entry in logs/.");

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Shell.Run("rm", "-rf", LogPath("d"));
    }

    [Fact(Timeout = 60_000)]
    public async Task H18_a_file_that_changes_while_it_is_read_is_a_report_or_one_remark()
    {
        using var stop = new CancellationTokenSource();
        var bytes = ReportJson.Write(new Heartbeat { At = DateTimeOffset.UnixEpoch, Interval = TimeSpan.FromHours(1), Agent = new string('x', 5000) });
        var writer = Task.Run(() =>
        {
            for (var length = 0; !stop.IsCancellationRequested; length = (length + 97) % bytes.Length)
            {
                File.WriteAllBytes(LogPath("beat.json"), bytes[..length]);
                File.Delete(LogPath("beat.json"));
            }
        }, TestContext.Current.CancellationToken);

        for (var round = 0; round < 200; round++)
        {
            var statuses = await ReadAsync();
            Assert.Equal(HostState.UpToDate, statuses[Bad].State);
            IsWell(statuses[Good]);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact(Timeout = 60_000)]
    public async Task H10_a_row_beside_one_with_hostile_reports_stays_as_it_is()
    {
        var random = new Random(10);
        for (var round = 0; round < 60; round++)
        {
            var (name, seed) = Seeds[round % Seeds.Length];
            await File.WriteAllBytesAsync(LogPath(name), Mutate(seed, random), TestContext.Current.CancellationToken);

            var statuses = await ReadAsync();

            Assert.All(statuses[Bad].Remarks.Append(statuses[Bad].Reason), IsPlain);
            IsWell(statuses[Good]);
        }
    }

    /// <summary>More rounds: <c>BENTO_FUZZ_ROUNDS=100000</c>.</summary>
    [Fact(Timeout = 600_000)]
    public async Task H10_whatever_stands_in_a_report_it_is_taken_or_costs_one_remark_and_nothing_it_says_is_dangerous()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("BENTO_FUZZ_ROUNDS"), out var asked) ? asked : 3000;
        var random = new Random(10);
        var transport = new InMemoryTransport();
        var record = new HostRecord { Releases = [new PublishedRelease(SomeRelease.Of("bad"), DateTimeOffset.UnixEpoch, "me")] };
        await using var session = await transport.ConnectAsync(TestContext.Current.CancellationToken);
        for (var round = 0; round < rounds; round++)
        {
            var (name, seed) = Seeds[round % Seeds.Length];
            transport.Server.Put(Bad, $"logs/{name}", Mutate(seed, random));

            var now = TimeProvider.System.GetUtcNow();
            var batch = await ReportReader.ReadAsync(session.OpenArea(Bad), record, 20, TimeProvider.System, TestContext.Current.CancellationToken);
            var seen = RecordUpdate.WithHeartbeat(RecordUpdate.Apply(record, batch, 20), batch);
            var status = StatusRule.Judge(new HostFacts(Bad, RecordJson.Read(RecordJson.Write(seen)), batch.Remarks), now);

            Assert.All(status.Remarks.Append(status.Reason), IsPlain);
            Assert.InRange(batch.UnreadableCount + batch.StrangerCount, 0, Seeds.Length);
        }
    }

    private static (string Name, byte[] Seed)[] Seeds { get; } =
    [
        ("1-2-result.json", ReportJson.Write(Result(Bad) with { Attempt = 2 })),
        ("1-2-start.json", ReportJson.Write(new AttemptStart(SomeRelease.Of("bad").Id, new(0, 1), 2, DateTimeOffset.UnixEpoch, null))),
        ("beat.json", ReportJson.Write(new Heartbeat { At = DateTimeOffset.UnixEpoch, Interval = TimeSpan.FromHours(1), Agent = "1", Detail = "x", Refusal = Refusal.Fork })),
    ];

    private static byte[] Mutate(byte[] seed, Random random)
    {
        string[] spices = ["[[[[[[[[[[[[[[[[[[[[", "1e999", "-9223372036854775809", "\\u001b[2J", "\\ud800", "\"schema\":1,", "null", "{}", "\u202e", "9999999999999999999999"];
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

    private static void IsPlain(string text) => Assert.DoesNotContain(text, c => char.IsControl(c) || c is '\u202e' or '\u2028' or '\u2029');

    private static void IsWell(HostStatus status)
    {
        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Empty(status.Remarks);
    }

    private static AttemptResult Result(HostName host) => RecordUpdateTests.Result(1, 1, AttemptOutcome.Succeeded) with
    {
        Release = SomeRelease.Of(host.ToString()).Id,
        Running = SomeRelease.System(host.ToString()),
        Built = SomeRelease.System(host.ToString()),
    };

    private async Task IsOneRemarkAsync(string remark)
    {
        var statuses = await ReadAsync();

        Assert.Equal((HostState.UpToDate, remark), (statuses[Bad].State, Assert.Single(statuses[Bad].Remarks)));
        IsWell(statuses[Good]);
    }

    private async Task<Dictionary<HostName, HostStatus>> ReadAsync() =>
        (await _services.GetRequiredService<IFleetStatus>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken)).ToDictionary(status => status.Host);

    private void Write(HostName host, string name, AttemptResult result) => Write(host, name, ReportJson.Write(result));

    private void Write(HostName host, string name, Heartbeat beat) => Write(host, name, ReportJson.Write(beat));

    private void Write(HostName host, string name, byte[] bytes) => _directory.WriteFile($".bento/areas/{host}/logs/{name}", Encoding.UTF8.GetString(bytes));

    private string LogPath(string name) => _directory[$".bento/areas/bad/logs/{name}"];
}
