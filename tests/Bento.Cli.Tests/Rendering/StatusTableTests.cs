using Bento.Building;
using Bento.Cli.Rendering;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;

namespace Bento.Cli.Tests.Rendering;

/// <summary>The table as people see it, at the widths that they have.</summary>
public sealed class StatusTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StorePath Wanted = StorePath.Parse("/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-web-25.05");
    private static readonly StorePath Other = StorePath.Parse("/nix/store/zyxwvsrqpnmlkjihgfdcba9876543210-nixos-system-web-24.11");

    [Fact]
    public void A_pipe_gets_a_line_a_host_without_trailing_spaces() => Assert.Equal(
        """
        HOST  STATE                               RELEASE  WANTED                           RUNNING                          SINCE  SEEN   REASON
        db    ! failing                           7        0123456-nixos-system-web-25.05   zyxwvsr-nixos-system-web-24.11   2 h    5 min  build failed: no luck
        web   = up to date, degraded, drift       12       0123456-nixos-system-web-25.05   0123456-nixos-system-web-25.05   3 d    9 s    Release 12: done.
        db: 1 foreign entry in logs/.
        """.ReplaceLineEndings("\n").Trim(),
        Render(4096).Trim(),
        ignoreAllWhiteSpace: true);

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Assert.All(Render(width, isTerminal: true).Split('\n').Where(line => !line.StartsWith("db: ", StringComparison.Ordinal)), line => Assert.True(line.Length <= width, line));

    [Fact]
    public void A_narrow_terminal_still_gets_the_reason_of_what_is_wrong() =>
        Assert.Contains("db: build failed: no luck", Render(60), StringComparison.Ordinal);

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public void A_host_that_is_well_has_one_line_on_a_terminal_and_one_that_is_not_is_told_whole(int width)
    {
        var well = Statuses[1] with { Flags = StatusFlags.None, Reason = $"Release 12: {new string('x', 300)}." };
        var wrong = Statuses[0] with { Reason = string.Join(' ', Enumerable.Repeat("word", 60)), Remarks = [] };

        var lines = Render(width, isTerminal: true, [wrong, well]).TrimEnd().Split('\n');

        Assert.StartsWith("web ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("x...", lines[^1].TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(60, lines.Sum(line => System.Text.RegularExpressions.Regex.Count(line, "word")));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
    }

    private static string Render(int width, bool isTerminal = false, IReadOnlyList<HostStatus>? statuses = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NO_COLOR"] = "1" };
        StatusTable.Write(new CliIo(output, error, environment, "/") { Width = width, IsOutputTerminal = isTerminal }, statuses ?? Statuses, Now);
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
