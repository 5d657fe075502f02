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
using Bento.Cli.Notify;
using Bento.Cli.Options;
using Bento.Cli.Server;
using Bento.Cli.Show;
using Bento.Cli.Status;
using Bento.Cli.Store;
using Bento.Cli.Terminal;
using Bento.Cli.Trust;

namespace Bento.Cli;

/// <summary>The program: its commands, and what happens between the command line and the exit code.</summary>
internal static class CliApplication
{
    /// <summary>
    /// How long a command may take to stop in order after Ctrl-C: Nix gets time to end its builders, a publication its step.
    /// </summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Without response files: <c>--on @lab</c> means the hosts with the tag lab.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>The commands of the program.</summary>
    public static RootCommand Root(CliIo io)
    {
        var root = new RootCommand("Keeps a fleet of NixOS machines up to date: publishes over SFTP, and each host pulls.")
        {
            InitCommand.Create(io),
            HostCommand.Create(io),
            BuildCommand.Create(io),
            FlakeUpdateCommand.Create(io),
            PlanCommand.Create(io),
            DeployCommand.Create(io),
            RolloutCommand.Create(io),
            RollbackCommand.Create(io),
            RefreshCommand.Create(io),
            SignCommand.Create(io),
            PublishCommand.Create(io),
            TrustCommand.Create(io),
            StatusCommand.Create(io),
            ShowCommand.Create(io),
            NotifyCommand.Create(io),
            DoctorCommand.Create(io),
            DiffCommand.Create(io),
            HistoryCommand.Create(io),
            LogsCommand.Create(io),
            AgentCommand.Create(io),
            ServerCommand.Create(io),
            StoreCommand.Create(io),
            CompletionCommand.Create(io),
            HelpCommand.Create(io),
            ManCommand.Create(io),
        };
        root.Options.Add(DirectoryOption.Create());
        HostCompletions.Attach(root, io);
        ExampleHelp.Attach(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] args, CliIo io)
    {
        await using var output = new PlainWriter(io.Out);
        await using var error = new PlainWriter(io.Error);
        var plain = io with { Out = output, Error = error };
        return await FailureReport.GuardAsync(plain, () => ParseAndRunAsync(args, plain));
    }

    private static async Task<int> ParseAndRunAsync(string[] args, CliIo io)
    {
        var root = Root(io);
        if (args is [Completions.Request, var line])
        {
            return Completions.Write(io, root, Parsing, line);
        }

        var parsed = root.Parse(args, Parsing);

        if (parsed.Errors.Count > 0)
        {
            return UsageErrors.Write(io, parsed);
        }

        if (DirectoryOption.IsMisplaced(parsed))
        {
            await io.Error.WriteLineAsync(
                $"bento: 'bento {CommandTree.PathOf(parsed.CommandResult.Command)}' does not use a Bento directory, so it takes no -C.");
            return ExitCodes.Usage;
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
}
