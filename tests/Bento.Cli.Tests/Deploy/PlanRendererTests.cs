using Bento.Building;
using Bento.Cli.Deploy;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Cli.Tests.Deploy;

/// <summary>A plan of a large fleet, as somebody reads it before saying yes.</summary>
public sealed class PlanRendererTests
{
    [Fact]
    public void Forty_hosts_with_the_same_change_are_told_once_below_a_line_of_numbers()
    {
        var hosts = Enumerable.Range(1, 40).Select(number => Host($"web-{number}", "138.0", "139.0.1"));

        var lines = Render(80, [.. hosts, Host("db", "16.1", "16.2")]);

        Assert.Equal("41 hosts: 41 new systems", lines[0]);
        Assert.StartsWith("web-1, web-2, web-3, web-4, ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("...", lines[3], StringComparison.Ordinal);
        Assert.Equal("  ~ firefox 138.0 → 139.0.1, +1.0 MiB", lines[4]);
        Assert.StartsWith("db: new system after release 6, ", lines[6], StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains("139.0.1", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Hosts_whose_systems_could_not_be_compared_are_not_said_to_change_alike()
    {
        var hosts = new[] { "a", "b" }.Select(name => Host(name, "1", "2") with { Difference = null });

        Assert.Equal(5, Render(80, [.. hosts]).Length);
    }

    [Fact]
    public void What_all_hosts_fetch_is_in_the_line_of_numbers_and_what_each_fetches_below()
    {
        var lines = Render(80, [Host("a", "1", "2") with { FetchBytes = 1 << 20 }, Host("b", "1", "2") with { FetchBytes = 3 << 20 }]);

        Assert.Equal("2 hosts: 2 new systems, 4.0 MiB to fetch", lines[0]);
        Assert.Contains("  b: it fetches 3.0 MiB.", lines);
    }

    [Fact]
    public void Reboots_are_counted_and_told_once_for_all_that_change_alike()
    {
        var lines = Render(100, [
            Host("a", "1", "2") with { NeedsReboot = true, RebootsItself = true },
            Host("b", "1", "2") with { NeedsReboot = true, RebootsItself = true },
            Host("c", "1", "2") with { NeedsReboot = true },
            Host("d", "1", "2") with { NeedsReboot = false, RebootsItself = true },
        ]);

        Assert.Equal("4 hosts: 4 new systems, 2 reboots, 1 reboot by hand", lines[0]);
        Assert.Single(lines, "  They reboot for it.");
        Assert.Single(lines, "  It needs a reboot for it, which it does not do by itself.");
    }

    [Fact]
    public void What_failed_is_counted_first_and_what_stays_last() => Assert.Equal(
        "3 hosts: 1 failed, 1 files only, 1 unchanged",
        Render(80, [Plan("a", PlannedChange.None), Plan("b", PlannedChange.Files), Plan("c", PlannedChange.Failed)])[0]);

    private static string[] Render(int width, IReadOnlyList<HostPlan> hosts)
    {
        using var output = new StringWriter();
        var io = new CliIo(output, TextWriter.Null, new Dictionary<string, string>(), "/") { Width = width };
        PlanRenderer.Write(io, output, new DeployPlan(hosts, []), isVerbose: false);
        return output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
    }

    private static HostPlan Plan(string host, PlannedChange change) => new(HostName.Parse(host), change);

    private static HostPlan Host(string host, string before, string after) => Plan(host, PlannedChange.System) with
    {
        Current = new ReleaseNumber(0, 6),
        CurrentSystem = StorePath.Parse("/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-s"),
        System = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-s"),
        Difference = new ClosureDifference
        {
            Packages =
            [
                new PackageChange
                {
                    Name = "firefox",
                    Kind = PackageChangeKind.Changed,
                    Before = [before],
                    After = [after],
                    BytesDelta = 1 << 20,
                },
            ],
            BytesBefore = 1 << 30,
            BytesAfter = (1 << 30) + (1 << 20),
        },
    };
}
