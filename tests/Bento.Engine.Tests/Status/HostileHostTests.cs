using System.Diagnostics;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;

namespace Bento.Engine.Tests.Status;

/// <summary>Areas on a real file system, with <c>logs/</c> as a hostile host would fill it, beside a host that is well.</summary>
public sealed class HostileHostTests : IDisposable
{
    private static readonly HostName Bad = HostName.Parse("bad");
    private static readonly HostName Good = HostName.Parse("good");

    private readonly HostileArea _area = new();

    public void Dispose() => _area.Dispose();

    [Theory]
    [InlineData("symbolic link")]
    [InlineData("link to a device")]
    [InlineData("dangling link")]
    [InlineData("directory")]
    public async Task H1_what_leads_elsewhere_is_one_foreign_entry(string kind)
    {
        var path = _area.LogPath("2-1-result.json");
        _ = kind switch
        {
            "symbolic link" => File.CreateSymbolicLink(path, "/etc/shadow"),
            "link to a device" => File.CreateSymbolicLink(path, "/dev/zero"),
            "dangling link" => File.CreateSymbolicLink(path, "/nowhere"),
            _ => Directory.CreateDirectory(path),
        };

        await _area.IsOneRemarkAsync("1 foreign entry in logs/.");
    }

    [Fact]
    public async Task H2_a_hard_link_to_a_file_of_somebody_else_is_one_foreign_entry()
    {
        Shell.Run("ln", _area.Root.WriteFile("secret", "x"), _area.LogPath("2-1-result.json"));

        await _area.IsOneRemarkAsync("1 foreign entry in logs/.");
    }

    [Fact(Timeout = 30_000)]
    public async Task H3_a_pipe_that_nobody_writes_to_is_one_foreign_entry_at_once()
    {
        Shell.Run("mkfifo", _area.LogPath("beat.json"));
        Shell.Run("mkfifo", _area.LogPath("2-1-result.json"));

        await _area.IsOneRemarkAsync("2 foreign entries in logs/.");
    }

    [Fact(Timeout = 30_000)]
    public async Task H4_H5_files_that_say_they_are_huge_are_read_up_to_the_limit_and_no_buffer_has_their_size()
    {
        Shell.Run("truncate", "-s", "1T", _area.LogPath("1-2-result.json"));
        Shell.Run("truncate", "-s", "100G", _area.LogPath("beat.json"));
        Shell.Run("truncate", "-s", "1T", _area.LogPath("1-1-log.gz"));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await _area.IsOneRemarkAsync("2 unreadable reports in logs/.");

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 32 * 1024 * 1024);
    }

    [Fact(Timeout = 60_000)]
    public async Task H7_entries_without_end_are_looked_at_up_to_a_number()
    {
        for (var index = 0; index < 20_000; index++)
        {
            File.CreateSymbolicLink(_area.LogPath($"junk-{index}"), "x");
        }

        var statuses = await _area.ReadAsync();

        Assert.Contains("There are more than 5000 entries in logs/; the rest was not looked at.", statuses[Bad].Remarks);
        HostileArea.IsWell(statuses[Good]);
    }

    [Fact]
    public async Task H8_whatever_names_there_are_nothing_of_them_is_said()
    {
        var random = new Random(8);
        for (var index = 0; index < 300; index++)
        {
            var name = new byte[random.Next(1, 80)];
            random.NextBytes(name);
            var escaped = string.Concat(
                name.Where(b => b is not 0 and not (byte)'/').Append((byte)'x').Select(b => $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"));
            Shell.Run("/bin/sh", "-c", $"printf x > \"{_area.LogPath(string.Empty)}$(printf '{escaped}')\"");
        }

        var statuses = await _area.ReadAsync();

        Assert.All(statuses[Bad].Remarks, remark => Assert.Matches("^[ -~]+$", remark));
        Assert.Matches("^[0-9]+ foreign entries in logs/.$", Assert.Single(statuses[Bad].Remarks));
        HostileArea.IsWell(statuses[Good]);
    }

    [Fact]
    public async Task H11_a_success_at_another_release_is_not_one_at_this()
    {
        var forged = HostileArea.Result(Bad) with { Release = SomeRelease.Of("elsewhere").Id };
        _area.Write(Bad, "1-1-result.json", forged);

        var status = (await _area.ReadAsync())[Bad];

        Assert.Equal(HostState.NewMachine, status.State);
        Assert.Equal(["1 report about releases that were never published."], status.Remarks);
    }

    [Theory]
    [InlineData("2099-01-01")]
    [InlineData("1970-01-01")]
    public async Task H13_a_time_that_the_host_sets_changes_neither_age_nor_order(string time)
    {
        _area.Write(Bad, "beat.json", new Heartbeat { At = DateTimeOffset.MaxValue, Interval = TimeSpan.FromHours(1), Agent = "1" });
        foreach (var name in (string[])["beat.json", "1-1-result.json"])
        {
            File.SetLastWriteTimeUtc(_area.LogPath(name), DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        }

        var status = (await _area.ReadAsync())[Bad];

        Assert.Equal(HostState.UpToDate, status.State);
        Assert.InRange(status.LastSeen!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Old_logs_of_bash_bento_stay_old_when_all_of_them_are_touched_by_chmod()
    {
        File.Delete(_area.LogPath("1-1-result.json"));
        foreach (var day in Enumerable.Range(1, 9))
        {
            var path = _area.LogPath($"2026010{day}-1200_{SomeRelease.System("bad").BaseName}_success.log.gz");
            await File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, day, 12, 0, 0, DateTimeKind.Utc));
        }

        Shell.Run("chmod", "-R", "g+r", _area.LogPath(string.Empty));

        var status = (await _area.ReadAsync())[Bad];

        Assert.NotEqual(HostState.ExtraLogs, status.State);
        Assert.Equal(new DateTimeOffset(2026, 1, 9, 12, 0, 0, TimeSpan.Zero), status.LastSeen);
    }

    [Fact(Timeout = 60_000)]
    public async Task H17_directories_in_directories_are_not_entered()
    {
        Directory.CreateDirectory(_area.LogPath(string.Join('/', Enumerable.Repeat("d", 1000))));
        var began = Stopwatch.GetTimestamp();

        await _area.IsOneRemarkAsync("1 foreign entry in logs/.");

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        Shell.Run("rm", "-rf", _area.LogPath("d"));
    }

    [Fact(Timeout = 60_000)]
    public async Task H18_a_file_that_changes_while_it_is_read_is_a_report_or_one_remark()
    {
        using var stop = new CancellationTokenSource();
        var bytes = ReportJson.Write(
            new Heartbeat { At = DateTimeOffset.UnixEpoch, Interval = TimeSpan.FromHours(1), Agent = new string('x', 5000) });
        var writer = Task.Run(() =>
        {
            for (var length = 0; !stop.IsCancellationRequested; length = (length + 97) % bytes.Length)
            {
                File.WriteAllBytes(_area.LogPath("beat.json"), bytes[..length]);
                File.Delete(_area.LogPath("beat.json"));
            }
        }, TestContext.Current.CancellationToken);

        for (var round = 0; round < 200; round++)
        {
            var statuses = await _area.ReadAsync();
            Assert.Equal(HostState.UpToDate, statuses[Bad].State);
            HostileArea.IsWell(statuses[Good]);
        }

        await stop.CancelAsync();
        await writer;
    }
}
