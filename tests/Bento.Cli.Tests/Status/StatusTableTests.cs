using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Cli.Tests.Terminal;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Cli.Tests.Status;

/// <summary>The table as people see it, at the widths that they have.</summary>
public sealed class StatusTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StorePath Wanted = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-web-25.05");
    private static readonly StorePath Other = StorePath.Parse("/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-nixos-system-web-24.11");

    [Fact]
    public void A_pipe_gets_a_line_a_host_without_trailing_spaces() => Assert.Equal(
        """
        HOST  STATE                          RELEASE  WANTED         RUNNING        SINCE  SEEN   REASON
        db    ! failing                      7        0123456 25.05  zyxwvsr 24.11  2 h    5 min  build failed: no luck
        web   ! up to date, degraded, drift  12       0123456 25.05  0123456 25.05  3 d    9 s    Release 12: done.
        db: 1 foreign entry in logs/.
        db: To see why: bento logs db
        web: Run there: systemctl --failed
        """.ReplaceLineEndings("\n").Trim(),
        Render(4096).Trim());

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Assert.All(Render(width, isTerminal: true).Split('\n'), line => Assert.True(line.Length <= width, line));

    [Fact]
    public void A_host_that_runs_something_with_a_long_name_takes_no_column_from_the_others()
    {
        var one = Statuses[0] with { Running = StorePath.Parse($"/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-{new string('x', 170)}") };

        var header = Render(200, isTerminal: true, [one, Statuses[1]]).Split('\n')[0];

        Assert.Contains("WANTED", header, StringComparison.Ordinal);
        Assert.Contains("RUNNING", header, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_host_says_takes_three_lines_at_most()
    {
        var lines = Render(80, isTerminal: true, [Statuses[0] with { Remarks = [new string('x', 2000)] }]).TrimEnd().Split('\n');

        Assert.Equal(3, lines.Count(line => line.Contains("xxx", StringComparison.Ordinal)));
        Assert.EndsWith("x...", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrow_terminal_still_gets_the_reason_of_what_is_wrong() =>
        Assert.Contains("db: build failed: no luck", Render(60), StringComparison.Ordinal);

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void A_host_has_one_line_on_a_terminal_and_what_is_wrong_is_told_whole_below(int width)
    {
        var well = Statuses[1] with
        {
            State = HostState.Updating,
            Flags = StatusFlags.None,
            Reason = $"Release 12: {new string('x', 300)}.",
        };
        var wrong = Statuses[0] with { Reason = string.Join(' ', Enumerable.Repeat("word", 55)), Remarks = [] };

        var lines = Render(width, isTerminal: true, [wrong, well]).TrimEnd().Split('\n');

        Assert.StartsWith("db ", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("...", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("web ", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("x...", lines[2], StringComparison.Ordinal);
        Assert.Equal($"db: {wrong.Reason}", string.Join(' ', lines[3..^1].Select(line => line.Trim())));
        Assert.Equal("db: To see why: bento logs db", lines[^1]);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }

    [Theory]
    [InlineData(60, "! failing, +3")]
    [InlineData(66, "! failing, drift, +2")]
    [InlineData(100, "! failing, drift, +2")]
    [InlineData(120, "! failing, drift, reboot pending, paused")]
    public void A_host_with_flags_has_one_line_and_the_flags_that_have_no_room_are_counted_and_told_below(int width, string state)
    {
        var host = Statuses[0] with
        {
            Host = HostName.Parse("backup-storage-01"),
            Flags = StatusFlags.Drift | StatusFlags.RebootPending | StatusFlags.Paused,
            Remarks = [],
        };

        var lines = Render(width, isTerminal: true, [host]).TrimEnd().Split('\n');

        Assert.Matches($"^backup-storage-01  {System.Text.RegularExpressions.Regex.Escape(state)} +7 +2 h +5 min", lines[1]);
        Assert.Equal(
            [.. width < 120
                ? ["backup-storage-01: drift, reboot pending, paused."]
                : Array.Empty<string>(),
                .. width < 100 ? ["backup-storage-01: build failed: no luck"] : Array.Empty<string>(),
                "backup-storage-01: To see why: bento logs backup-storage-01"],
            lines[2..]);
        Assert.True(lines[1].Length <= width, lines[1]);
    }

    [Fact]
    public void What_is_to_be_said_of_several_hosts_is_said_once()
    {
        var hosts = Enumerable.Range(1, 12).Select(number => Statuses[0] with { Host = HostName.Parse($"web-{number}"), Remarks = [] });

        var lines = Render(60, isTerminal: true, [.. hosts]).TrimEnd().Split('\n');

        Assert.Equal(
            ["web-1, web-2, web-3 and 9 more: build failed: no luck", "web-1, web-2, web-3 and 9 more: To see why: bento logs HOST"],
            lines[13..]);
    }

    [Fact]
    public void What_a_host_says_is_not_taken_for_the_place_of_a_name() => Assert.Contains(
        "db: NO SUCH HOST", Render(60, isTerminal: true, [Statuses[0] with { Remarks = ["NO SUCH HOST"] }]), StringComparison.Ordinal);

    [Fact]
    public void Why_a_host_is_as_it_should_be_is_no_news() =>
        Assert.DoesNotContain("done", Render(200, statuses: [Statuses[1] with { Flags = StatusFlags.None }]), StringComparison.Ordinal);

    [Fact]
    public void A_narrow_terminal_cuts_names_and_no_rows()
    {
        var host = Statuses[0] with { Host = HostName.Parse("a-very-long-name-of-a-host-0001") };

        var lines = Render(40, isTerminal: true, [host]).Split('\n');

        Assert.Equal("a-very-long-name-of-a-host...  ! failing", lines[1]);
        Assert.True(lines[1].Length <= 40);
    }

    [Fact]
    public void Letters_that_are_two_wide_are_cut_where_the_line_ends()
    {
        var status = Statuses[1] with { State = HostState.Updating, Flags = StatusFlags.None, Reason = new string('日', 100) };
        var lines = Render(100, isTerminal: true, [status]).TrimEnd().Split('\n');

        Assert.InRange(lines[1].Sum(letter => letter == '日' ? 2 : 1), 99, 100);
    }

    [Theory]
    [InlineData("1", false)]
    [InlineData("", true)]
    public void Only_the_state_and_the_titles_are_coloured_and_only_where_that_is_welcome(string noColor, bool isColored)
    {
        using var output = new StringWriter();
        var io = new CliIo(output, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal) { ["NO_COLOR"] = noColor }, "/")
        {
            Width = 100,
            IsOutputTerminal = true,
        };

        StatusTable.Write(io, Statuses, Now);

        Assert.Equal(isColored, output.ToString().Contains("\u001b[91m! failing\u001b[0m  ", StringComparison.Ordinal));
        Assert.Equal(isColored, output.ToString().Contains('\u001b', StringComparison.Ordinal));
    }

    private static string Render(int width, bool isTerminal = false, IReadOnlyList<HostStatus>? statuses = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NO_COLOR"] = "1" };
        StatusTable.Write(
            new CliIo(output, error, environment, "/") { Width = width, IsOutputTerminal = isTerminal }, statuses ?? Statuses, Now);
        return Escapes.Remove(output.ToString());
    }

    private static IReadOnlyList<HostStatus> Statuses =>
    [
        new HostStatus
        {
            Host = HostName.Parse("db"),
            State = HostState.Failing,
            Reason = "build failed: no luck",
            Number = new ReleaseNumber(0, 7),
            Expected = Wanted,
            Running = Other,
            Since = Now.AddHours(-2),
            LastSeen = Now.AddMinutes(-5),
            Remarks = ["1 foreign entry in logs/."],
        },
        new HostStatus
        {
            Host = HostName.Parse("web"),
            State = HostState.UpToDate,
            Reason = "Release 12: done.",
            Flags = StatusFlags.Degraded | StatusFlags.Drift,
            Number = new ReleaseNumber(0, 12),
            Expected = Wanted,
            Running = Wanted,
            Since = Now.AddDays(-3),
            LastSeen = Now.AddSeconds(-9),
        },
    ];
}
