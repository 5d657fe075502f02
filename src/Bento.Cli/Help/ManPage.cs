using System.CommandLine;
using System.Globalization;
using System.Text;
using Bento.Cli.Terminal;

namespace Bento.Cli.Help;

/// <summary>The manual page in roff, made from the commands themselves.</summary>
internal static class ManPage
{
    private const int MaxLineLength = 78;

    private static readonly (int Code, string Meaning)[] Codes =
    [
        (ExitCodes.Success, "Success."),
        (ExitCodes.HostFailed, "The command ran, but at least one host or directory failed."),
        (ExitCodes.Usage, "The command line is wrong."),
        (ExitCodes.Configuration, "The Bento directory, a configuration file or the selection of hosts is wrong."),
        (ExitCodes.Nix, "Nix is missing or cannot be used."),
        (ExitCodes.Transport, "The server, or the file system that holds the areas, cannot be used."),
        (ExitCodes.Busy, "Another publisher is at work."),
        (ExitCodes.Machine, "A file on this machine cannot be read or written."),
        (ExitCodes.PlanOutdated, "deploy --plan: something else would be published now, so nothing was."),
        (ExitCodes.StillWaiting, "deploy --wait: the time is over, and hosts are still at work."),
        (ExitCodes.SecretsLocked, "On a host: its secrets cannot be opened."),
        (ExitCodes.Rollout, "A rollout is in progress already, or none is that could be changed."),
        (ExitCodes.Warnings, "doctor: there are warnings, but no problems."),
        (ExitCodes.Refused, "On a host: the release was refused; the reason is added to this number."),
        (ExitCodes.InternalError, "A bug in Bento. Please report it."),
        (ExitCodes.Interrupted, "Interrupted."),
        (ExitCodes.OutputClosed, "The reader of the output has gone."),
    ];

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("BENTO_DIR", "The Bento directory."),
        ("NAME", "The default of --on."),
        ("VERBOSE", "If set, show what Nix prints."),
        ("BENTO_AGENT_CONFIG", "The configuration of the agent."),
        ("BENTO_SAFE_DIRECTORIES", "Directories of other users that root may use, with colons between them; * for all."),
        ("BENTO_...", "A setting of bento.json: BENTO_AREAS__DIRECTORY."),
        ("BENTO_AGENT_...", "A setting of agent.json."),
        ("COLUMNS", "The width of tables."),
        ("NO_COLOR", "If set, no colours."),
    ];

    private static readonly (string Path, string Meaning)[] Files =
    [
        ("bento.json", "The settings of a fleet, in the Bento directory."),
        ("hosts/", "The configurations of the hosts."),
        (".bento/", "Records, keys and, by default, the areas."),
        ("/etc/bento/agent.json", "The configuration of the agent on a host."),
        ("/var/lib/bento", "The state of the agent."),
    ];

    public static string Write(Command root)
    {
        var page = new StringBuilder();
        _ = page.AppendLine(".TH BENTO 1 \"\" \"Bento\" \"Bento\"");
        Section(page, "NAME", $"bento \\- {Text("keep a fleet of NixOS machines up to date by pull")}");
        Section(page, "SYNOPSIS", ".B bento\n.I command\n[\n.I options\n]");
        Section(page, "COMMANDS");
        foreach (var (path, command) in CommandTree.Leaves(root))
        {
            Write(page, path, command);
        }

        Terms(page, "EXIT STATUS", Codes.Select(code => (code.Code.ToString(CultureInfo.InvariantCulture), code.Meaning)));
        Terms(page, "ENVIRONMENT", Variables);
        Terms(page, "FILES", Files);
        return page.ToString();
    }

    private static void Write(StringBuilder page, string path, Command command)
    {
        var arguments = string.Concat(
            command.Arguments.Where(argument => !argument.Hidden).Select(argument => $" {argument.HelpName ?? argument.Name}"));
        _ = page.AppendLine(CultureInfo.InvariantCulture, $".SS {Text($"bento {path}{arguments}")}")
            .AppendLine(Paragraph(command.Description ?? string.Empty));
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            Term(page, argument.HelpName ?? argument.Name, argument.Description ?? string.Empty);
        }

        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Prepend(option.Name));
            Term(page, option.ValueType == typeof(bool)
                ? names
                : $"{names} {option.HelpName ?? "VALUE"}", option.Description ?? string.Empty);
        }

        foreach (var example in Examples.Of(path))
        {
            _ = page.AppendLine(".PP").AppendLine(".EX").AppendLine(Text(example)).AppendLine(".EE");
        }
    }

    private static void Section(StringBuilder page, string title, string text = "")
    {
        _ = page.AppendLine(CultureInfo.InvariantCulture, $".SH {title}");
        if (text.Length > 0)
        {
            _ = page.AppendLine(text);
        }
    }

    private static void Terms(StringBuilder page, string title, IEnumerable<(string Term, string Meaning)> terms)
    {
        Section(page, title);
        foreach (var (term, meaning) in terms)
        {
            Term(page, term, meaning);
        }
    }

    private static void Term(StringBuilder page, string term, string meaning) =>
        page.AppendLine(".TP").AppendLine(CultureInfo.InvariantCulture, $"\\fB{Text(term)}\\fR").AppendLine(Paragraph(meaning));

    /// <summary>A paragraph in lines that every roff program takes; it fills them again.</summary>
    private static string Paragraph(string text)
    {
        var lines = new List<string> { string.Empty };
        foreach (var word in text.Split(' ').Select(Escaped))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= MaxLineLength)
            {
                lines.Add(string.Empty);
            }

            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return string.Join('\n', lines.Select(Safe));
    }

    private static string Text(string text) => Safe(Escaped(text));

    /// <summary>A leading dot means something to roff. A quote does too, and is never a quote any more here.</summary>
    private static string Safe(string line) => line.StartsWith('.') ? $"\\&{line}" : line;

    /// <summary>
    /// A backslash means something to roff; a hyphen, a quote and a tilde that are typed must stay what they are; and not every roff reads
    /// more than ASCII.
    /// </summary>
    private static string Escaped(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value switch
    {
        '\\' => "\\e",
        '-' => "\\-",
        '\'' => "\\(aq",
        '~' => "\\(ti",
        '^' => "\\(ha",
        '`' => "\\(ga",
        > 126 => $"\\[u{rune.Value:X4}]",
        _ => rune.ToString(),
    }));
}
