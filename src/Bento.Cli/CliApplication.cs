using System.CommandLine;
using Bento.Cli.Agent;
using Bento.Cli.Deploy;
using Bento.Cli.Diff;
using Bento.Cli.Doctor;
using Bento.Cli.Help;
using Bento.Cli.History;
using Bento.Cli.Hosts;
using Bento.Cli.Init;
using Bento.Cli.Inputs;
using Bento.Cli.Server;
using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Cli.Trust;

namespace Bento.Cli;

/// <summary>The program: its commands, and what happens between the command line and the exit code.</summary>
internal static class CliApplication
{
    /// <summary>How long a command may take to stop in order after Ctrl-C: Nix gets time to end its builders, a publication its step.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Without response files: <c>--on @lab</c> means the hosts with the tag lab.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>The commands of the program.</summary>
    public static RootCommand Root(CliIo io)
    {
        var root = new RootCommand("Keeps a fleet of NixOS machines up to date by pull, over SFTP.")
        {
            InitCommand.Create(io),
            HostCommand.Create(io),
            BuildCommand.Create(io),
            FlakeUpdateCommand.Create(io),
            PlanCommand.Create(io),
            DeployCommand.Create(io),
            RollbackCommand.Create(io),
            RefreshCommand.Create(io),
            SignCommand.Create(io),
            PublishCommand.Create(io),
            TrustCommand.Create(io),
            StatusCommand.Create(io),
            DoctorCommand.Create(io),
            DiffCommand.Create(io),
            HistoryCommand.Create(io),
            LogsCommand.Create(io),
            AgentCommand.Create(io),
            ServerCommand.Create(io),
            CompletionCommand.Create(io),
            HelpCommand.Create(io),
            ManCommand.Create(io),
        };
        HostCompletions.Attach(root, io);
        ExampleHelp.Attach(root);
        return root;
    }

    public static Task<int> RunAsync(string[] args, CliIo io) => FailureReport.GuardAsync(io, () => ParseAndRunAsync(args, io));

    private static async Task<int> ParseAndRunAsync(string[] args, CliIo io)
    {
        var parsed = Root(io).Parse(args, Parsing);

        // What a shell asks to complete is half a command line.
        var isCompletion = args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal);
        if (parsed.Errors.Count > 0 && !isCompletion)
        {
            return await SayAsync(io, parsed);
        }

        using var hangup = new HangUp();
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = io.Out,
                Error = io.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            },
            hangup.Token);
    }

    private static async Task<int> SayAsync(CliIo io, ParseResult parsed)
    {
        var (command, unknown) = (parsed.CommandResult.Command, parsed.UnmatchedTokens);

        if (command.Subcommands.Count > 0)
        {
            // Of everything that can be said then, only this helps.
            var names = command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name).ToList();
            var near = unknown.Count == 0 ? null : names.FirstOrDefault(name => name.StartsWith(unknown[0][..int.Min(3, unknown[0].Length)], StringComparison.Ordinal));
            var what = unknown.Count == 0 ? "A command is missing." : $"'{unknown[0]}' is no command.";
            await io.Error.WriteLineAsync($"bento: {what} {(near is null ? $"There are: {string.Join(", ", names)}." : $"Did you mean {near}?")}");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                await io.Error.WriteLineAsync($"bento: {error.Message}");
            }
        }

        if (unknown is [var word, ..] && !word.StartsWith('-') && command.Options.Any(option => option.Name == "--on"))
        {
            await io.Error.WriteLineAsync($"Hosts are named by --on: bento {CommandTree.PathOf(command)} --on {word}");
        }

        await io.Error.WriteLineAsync($"Try '{string.Join(' ', new[] { "bento", CommandTree.PathOf(command), "--help" }.Where(part => part.Length > 0))}'.");
        return ExitCodes.Usage;
    }
}
