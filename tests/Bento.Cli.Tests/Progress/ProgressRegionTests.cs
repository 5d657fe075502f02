using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Cli.Tests.Progress;

/// <summary>The two lines that move while an operation goes on.</summary>
public sealed class ProgressRegionTests
{
    private static readonly StorePath System = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-s");
    private readonly ProgressRegion _region = new();

    [Fact]
    public void Evaluation_counts_the_hosts_that_are_known_and_names_the_directories()
    {
        Take(new FleetEvent.Evaluating("hosts/lab"), new FleetEvent.Evaluating("hosts/web"), Evaluated("a"), Evaluated("b"));

        Assert.Equal(["evaluating, 2 hosts so far, 8 s", "  hosts/lab, hosts/web"], Lines(80, 8));
    }

    [Fact]
    public void A_build_has_one_true_bar_with_counts_and_names_what_is_not_built_yet()
    {
        Take(
            Building("web-10", "web-2", "db"),
            new FleetEvent.BuildAdvanced { DoneCount = 30, TotalCount = 120, RunningCount = 2, FailedCount = 0 },
            new FleetEvent.Built(Name("db"), System));

        Assert.Equal(
            ["building [####------------] 1 of 3 systems, 30 of 120 derivations, 1 min", "  web-2, web-10"], Lines(80, 75));
    }

    [Fact]
    public void A_build_names_the_builder_that_spoke_last_and_whom_it_works_for()
    {
        Take(Building("a", "b"), new FleetEvent.BuilderStarted("linux-6.12"), new FleetEvent.BuilderStarted("openssl-3.4"));
        var started = Lines(80, 1);
        Take(new FleetEvent.BuildLogged("linux-6.12", "CC init/main.o"));

        Assert.Equal("  openssl-3.4, for a, b", started[1]);
        Assert.Equal("  linux-6.12, for a, b", Lines(80, 1)[1]);
    }

    [Fact]
    public void What_failed_is_counted_as_soon_as_it_did()
    {
        Take(Building("a", "b"), new FleetEvent.Failed(Name("a"), new Failure(FailureKind.Build, "no luck")));

        Assert.Equal(["building 1 of 2 systems, 1 failed, 3 s", "  b"], Lines(80, 3));
    }

    [Fact]
    public void Publishing_counts_what_is_published_and_what_did_not_change()
    {
        Take(
            Evaluated("a"), Evaluated("b"), Evaluated("c"), new FleetEvent.Published(Name("a"), new ReleaseNumber(0, 7)),
            new FleetEvent.Unchanged(Name("b")));

        Assert.Equal(["publishing [##########-----] 2 of 3 hosts, 2 s", "  c"], Lines(79, 2));
    }

    [Fact]
    public void What_is_waited_for_is_told_until_something_happens()
    {
        _region.Wait("still connecting to sftp.example.org:22 after 12 s.");
        Assert.Equal(["still connecting to sftp.example.org:22 after 12 s."], Lines(80, 12));

        Take(new FleetEvent.Evaluating("hosts/lab"));
        Assert.Equal(2, Lines(80, 13).Length);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal_however_many_hosts_there_are(int width)
    {
        Take(Building([.. Enumerable.Range(1, 500).Select(number => $"a-host-with-a-long-name-{number}")]));
        Take(new FleetEvent.BuildAdvanced { DoneCount = 1, TotalCount = 9_000, RunningCount = 2, FailedCount = 0 });

        var lines = Lines(width, 7_200);

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.True(TextWidth.Width(line) <= width, line));
    }

    [Fact]
    public void A_directory_moves_no_cursor()
    {
        Take(new FleetEvent.Evaluating("hosts/\u001b[2J"));

        Assert.DoesNotContain(Lines(80, 1), line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    private static FleetEvent Evaluated(string host) => new FleetEvent.Evaluated(Name(host), System);

    private static FleetEvent Building(params string[] hosts) => new FleetEvent.Building([.. hosts.Select(Name)]);

    private static HostName Name(string host) => HostName.Parse(host);

    private void Take(params FleetEvent[] events) => Array.ForEach(events, _region.Take);

    private string[] Lines(int width, int seconds) => [.. _region.Lines(width, TimeSpan.FromSeconds(seconds))];
}
