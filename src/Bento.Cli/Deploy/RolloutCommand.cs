using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Rollouts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento rollout</c>: what becomes of a deploy in waves.</summary>
internal static class RolloutCommand
{
    public static Command Create(CliIo io) => new("rollout", "Show, continue, pause and end a deploy in waves.")
    {
        CreateStatus(io),
        CreateContinue(io),
        CreatePause(io),
        CreateAbort(io),
        RolloutUndoCommand.Create(io),
    };

    private static Command CreateStatus(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var verbose = Verbose();
        var json = SharedOptions.Json();
        var command = new Command("status", "Show how the rollout stands, or how the last one ended.") { directory, verbose, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            var style = new OutputStyle(parsed.GetValue(verbose), parsed.GetValue(json));
            var status = await services.GetRequiredService<IRollout>().ReadAsync(cancellationToken);
            return Write(io, services, style, status);
        });
        return command;
    }

    private static Command CreateContinue(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var resume = new Option<bool>("--resume")
        {
            Description = "End a pause, or go on after a stop: hosts that failed until now no longer count against the budget.",
        };
        var approve = new Option<bool>("--approve") { Description = "Approve the next wave, if it waits for that." };
        var wait = WaitOption.CreateForRollout();
        var verbose = Verbose();
        var json = SharedOptions.Json();
        var command = new Command("continue", "Publish the next wave if it is time. For a timer, too.")
        {
            directory, resume, approve, wait, verbose, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            var style = new OutputStyle(parsed.GetValue(verbose), parsed.GetValue(json));
            var decided = new RolloutContinuation { Resume = parsed.GetValue(resume), Approve = parsed.GetValue(approve) };
            if (parsed.GetValue(wait) is { } time)
            {
                var (code, last) = await RolloutFollowing.RunAsync(io, services, decided, time, cancellationToken);
                _ = Write(io, services, style, last);
                return code;
            }

            var status = await FleetProgress.RunAsync(io, services, style, progress =>
                services.GetRequiredService<IRollout>().ContinueAsync(decided, progress, cancellationToken));
            return Write(io, services, style, status);
        });
        return command;
    }

    private static Command CreatePause(CliIo io)
    {
        var (directory, reason) = (DirectoryOption.Create(), Reason());
        var command = new Command("pause", "Publish no further wave until 'bento rollout continue --resume'.") { reason, directory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            await services.GetRequiredService<IRollout>().PauseAsync(parsed.GetValue(reason), cancellationToken);
            await io.Error.WriteLineAsync(
                "bento: paused. Hosts keep what they have; a wave that is being published is finished. To go on: "
                    + "bento rollout continue --resume");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command CreateAbort(CliIo io)
    {
        var (directory, reason) = (DirectoryOption.Create(), Reason());
        var command = new Command("abort", "End the rollout. Hosts that got their release keep it; the others keep what they have.")
        {
            reason,
            directory,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = FleetServices.Create(io, DirectoryOption.Read(io, parsed));
            await services.GetRequiredService<IRollout>().AbortAsync(parsed.GetValue(reason), cancellationToken);
            await io.Error.WriteLineAsync(
                "bento: aborted. Hosts keep what they have. To give those that got their release what they had before: bento rollout undo");
            return ExitCodes.Success;
        });
        return command;
    }

    private static int Write(CliIo io, ServiceProvider services, OutputStyle style, RolloutStatus? status)
    {
        if (status is null)
        {
            return RolloutRenderer.WriteNone(io, style);
        }

        RolloutRenderer.Write(io, style, status, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return RolloutFollowing.CodeOf(status);
    }

    private static Option<bool> Verbose() => new("--verbose", "-v") { Description = "Show every host." };

    private static Argument<string?> Reason() => new("reason")
    {
        Description = "The reason, shown by 'bento rollout status'.",
        HelpName = "REASON",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
