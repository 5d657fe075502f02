using System.CommandLine;
using Bento.Agents;
using Bento.Building;
using Bento.Cli.Commands;
using Bento.Cli.Help;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Cli;

/// <summary>The program: parses, runs a command, and turns whatever went wrong into words and an exit code.</summary>
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

    public static async Task<int> RunAsync(string[] args, CliIo io)
    {
        var parsed = Root(io).Parse(args, Parsing);

        // What a shell asks to complete is half a command line.
        var isCompletion = args is [var first, ..] && first.StartsWith("[suggest", StringComparison.Ordinal);
        if (parsed.Errors.Count > 0 && !isCompletion)
        {
            foreach (var error in parsed.Errors)
            {
                await io.Error.WriteLineAsync($"bento: {error.Message}");
            }

            await io.Error.WriteLineAsync("Try 'bento --help'.");
            return ExitCodes.Usage;
        }

        return await GuardAsync(io, () => parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = io.Out,
            Error = io.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        }));
    }

    private static async Task<int> GuardAsync(CliIo io, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            await io.Error.WriteLineAsync("bento: interrupted. Nothing is half done: the same command goes on where this one stopped.");
            return ExitCodes.Interrupted;
        }
        catch (InvalidFleetException exception)
        {
            foreach (var problem in exception.Problems)
            {
                await io.Error.WriteLineAsync($"bento: {problem}");
            }

            return ExitCodes.Configuration;
        }
        catch (BentoException exception)
        {
            await io.Error.WriteLineAsync($"bento: {exception.Message}");
            if (exception.NextStep is { } next)
            {
                await io.Error.WriteLineAsync($"       {next}");
            }

            return exception switch
            {
                NixException => ExitCodes.Nix,
                TransportException => ExitCodes.Transport,
                PublishLockedException => ExitCodes.Busy,
                PlanOutdatedException => ExitCodes.PlanOutdated,
                StatusStoreException or AgentException or SigningException => ExitCodes.Machine,
                _ => ExitCodes.HostFailed,
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await io.Error.WriteLineAsync($"bento: {exception.Message}");
            return ExitCodes.Machine;
        }
    }
}
