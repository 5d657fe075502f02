using System.CommandLine;
using System.Text;
using Bento.Cli.Help;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Approved;

/// <summary>
/// What people read, as it was agreed on: Approved/ holds it, for a pipe and for terminals, with escapes as <c>␛</c> and what goes to
/// standard error behind <c>2&gt;</c>.
/// </summary>
public sealed class ApprovedOutputTests
{
    /// <summary>Command lines that are wrong, or are typed in the wrong place: what they print and how they end.</summary>
    private static readonly string[][] Mistakes =
    [
        [], ["frobnicate"], ["deploi"], ["deploy", "web"], [
            "deploy", "--on",
        ], ["deploy", "--on", "a,,b"], ["deploy", "--on", "wbe"], ["deploy", "--wait=soon"], ["deploy", "--plan", "no.json"],
        ["deploy", "--plan", "no.json", "--on", "web"],
            ["build", "switch"],
            ["build", "test", "--on", "web,db"],
            ["rollback"],
            ["rollback", "wbe"],
            ["status", "0"],
            ["status", "--state", "sad"],
            ["status", "--json", "--summary"],
            ["show"], ["show", "wbe"], ["logs"], ["logs", "wbe"], ["history", "wbe"], ["host"], [
                "host", "add", "web",
            ], ["host", "add", "../x", "--key", "key"], ["host", "remove", "../x"], ["trust", "revoke", "nobody"], ["sign", "nowhere"],
            ["publish"],
                ["server", "sshd-config", "--hosts", "0", "--root", "/srv"],
                ["agent"],
                ["agent", "once", "--config", "no.json"],
                ["agent", "pause", "--for", "soon"],
                ["completion", "tcsh"],
                ["help", "nothing"],
                ["status", "-C", "nowhere"], ["diff", "--nvd", "--json"], ["deploy", "--all", "--on", "web"],
            ];

    public static TheoryData<string> Views => [.. SampleViews.Views.Keys];

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_reads_as_it_was_agreed_on(string view)
    {
        var text = new StringBuilder();
        foreach (var (title, width, isTerminal) in new[]
        {
            ("pipe", 4096, false),
            ("40 columns", 40, true),
            ("60 columns", 60, true),
            ("100 columns", 100, true),
            ("200 columns", 200, true),
        })
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            SampleViews.Views[view](new CliIo(output, error, new Dictionary<string, string>(StringComparer.Ordinal), "/fleet")
            {
                Width = width,
                IsOutputTerminal = isTerminal,
                IsErrorTerminal = isTerminal,
            });
            var shown = Shown(output.ToString(), error.ToString());

            // What does not depend on the terminal is said once.
            if (!text.ToString().EndsWith($"\n{shown}", StringComparison.Ordinal))
            {
                _ = text.Append($"--- {title}\n{shown}");
            }
        }

        Approved.Matches(view, text.ToString());
    }

    [Fact]
    public async Task Every_help_reads_as_it_was_agreed_on()
    {
        using var directory = new TempDirectory();
        var root = CliApplication.Root(
            new CliIo(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/"));
        var text = new StringBuilder();
        foreach (var path in CommandTree.Leaves(root).Select(leaf => leaf.Path).Prepend(string.Empty))
        {
            var run = await CliRun.RunAsync(directory.FullPath, [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            _ = text.Append(
                $"--- bento {path}\n{Shown(run.Out, run.Error).Replace(RootCommand.ExecutableName, "bento", StringComparison.Ordinal)}");
        }

        Approved.Matches("help", text.ToString());
    }

    [Fact]
    public async Task Every_mistake_is_answered_as_it_was_agreed_on()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("hosts/web/configuration.nix", "{ }");
        _ = directory.WriteFile("bento.json", """{ "nix": { "programDirectory": "/nowhere" } }""");
        var text = new StringBuilder();
        foreach (var arguments in Mistakes)
        {
            var run = await CliRun.RunAsync(directory.FullPath, arguments);
            _ = text.Append(
                $"--- bento {string.Join(' ', arguments)} → "
                    + $"{run.ExitCode}\n{Shown(run.Out, run.Error).Replace(directory.FullPath, "/fleet", StringComparison.Ordinal)}");
        }

        Approved.Matches("mistakes", text.ToString());
    }

    private static string Shown(string output, string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"2> {line}\n");
        return $"{output}{string.Concat(lines)}".Replace('\u001b', '␛');
    }
}
