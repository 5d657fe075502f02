using System.Text;
using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Status;

/// <summary>What a hostile host wrote, on its way to people and programs.</summary>
public sealed class HostileStatusTests : IDisposable
{
    private readonly StatusBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task H1_the_target_of_a_link_is_never_opened()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        await _bench.PublishAsync("web");
        _bench.Report("web");
        var secret = Path.Join(_bench.Directory, "of-somebody-else");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        foreach (var name in (string[])["beat.json", "1-2-result.json", "1-2-log.gz"])
        {
            File.CreateSymbolicLink(Path.Join(_bench.Directory, ".bento", "areas", "web", "logs", name), secret);
        }

        var trace = Path.Join(_bench.Directory, "trace");
        var run = await CliProcess.RunAsync(
            "strace",
            ["-f", "-qq", "-y", "-o", trace, "-e", "trace=open,openat,openat2,read,pread64", CliProcess.Program, "status"],
            new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory });

        var calls = await File.ReadAllTextAsync(trace, TestContext.Current.CancellationToken);
        Assert.Contains("3 foreign entries in logs/.", run.Out, StringComparison.Ordinal);
        Assert.Contains("1-1-result.json", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("of-somebody-else", calls, StringComparison.Ordinal);
        Assert.DoesNotContain("1-2-result.json", calls, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task H15_a_report_that_may_not_be_read_costs_one_remark_and_no_exit_code()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "only root can become somebody who may not read a file");
        await _bench.PublishAsync("web");
        await _bench.PublishAsync("db");
        _bench.Report("web");
        _bench.Report("db");
        _ = Shell.Run("chown", "-R", "65534:65534", _bench.Directory);
        var report = Path.Join(_bench.Directory, ".bento", "areas", "web", "logs", "1-1-result.json");
        _ = Shell.Run("chown", "0:0", report);
        File.SetUnixFileMode(report, UnixFileMode.None);

        var run = await CliProcess.RunAsync(
            "setpriv", [
                "--reuid=65534", "--regid=65534", "--clear-groups", CliProcess.Program, "status",
            ], new Dictionary<string, string?> { ["BENTO_DIR"] = _bench.Directory, ["HOME"] = _bench.Directory });

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("web: 1 unreadable report in logs/.", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^db += up to date", run.Out);
    }

    /// <summary>Every place where the text of a host comes out.</summary>
    [Fact(Timeout = 120_000)]
    public async Task H19_whatever_a_host_says_no_sink_is_broken_by_it()
    {
        await _bench.PublishAsync("web");
        var random = new Random(19);
        for (var attempt = 1; attempt <= 25; attempt++)
        {
            var text = Hostile(random);
            _bench.Report("web", "BuildFailed", JsonEncodedText.Encode(text).ToString(), attempt, willRetry: true);
            _bench.Log("web", text, attempt);

            var table = await _bench.RunAsync("status");
            var json = await _bench.RunAsync("status", "--json");
            var metrics = await _bench.RunAsync("status", "--prometheus");
            var summary = await _bench.RunAsync("status", "--summary");
            var history = await _bench.RunAsync("history", "--limit", "1");
            var log = await _bench.RunAsync("logs", "web");

            // A reason that has no room follows the table, in one line: no line begins with what a host says.
            var starts = Lines(table.Out).Select(line => line.Split(' ')[0]).ToList();
            Assert.Equal(["HOST", "web"], starts[..2]);
            Assert.Equal(Enumerable.Repeat("web:", starts.Count - 2), starts[2..]);
            Assert.InRange(starts.Count, 2, 3);
            Assert.Equal(2, Lines(history.Out).Count(line => line[0] != ' '));
            Assert.Single(Lines(summary.Out));
            using var document = JsonDocument.Parse(json.Out);
            Assert.Equal("failing", document.RootElement.GetProperty("hosts")[0].GetProperty("state").GetString());
            Assert.All(Lines(metrics.Out), line =>
                Assert.Matches(@"^(# (HELP|TYPE) .+|bento_[a-z_]+\{[a-z]+=""[^""\n]*""(,[a-z]+=""[^""\n]*"")*\} [0-9.E+-]+)$", line));
            Assert.All([table, json, metrics, summary, history, log], run => Assert.DoesNotContain(run.Out, IsDangerous));
        }
    }

    private static bool IsDangerous(char c) => (char.IsControl(c) && c != '\n') || c is '\u2028'
        or '\u2029'
        or '\u061c'
        or (>= '\u200e' and <= '\u200f')
        or (>= '\u202a' and <= '\u202e')
        or (>= '\u2066' and <= '\u2069');

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Hostile(Random random)
    {
        string[] pieces =
        [
            "\u001b[2J",
                "\u001b]0;title\u0007",
                "\u001b]52;c;x\u001b\\",
                "\u009b31m",
                "\u202e",
                "\u2066",
                "\n",
                "\r\n",
                "\t",
                "\"",
                "\\",
                "'",
                "{",
                "}",
                "<script>",
                "[red]",
                "[/]",
                "[[",
                "%s%n",
                "$(id)",
                "\0",
                    "\u007f",
                    "\u2028",
                    "# HELP",
                    "\"} 1\nbento_hosts{state=\"failing\"} 0\n",
                    ",",
                    "=",
                    "a",
                    " ",
                    "ä",
                    "\ud83d\ude00",
                    "\u0301",
                    "|",
                    "`",
                ];
        var text = new StringBuilder();
        for (var count = random.Next(1, 30); count > 0; count--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        return text.ToString();
    }
}
