using Bento.Agents;
using Bento.Building;
using Bento.Hosts;
using Bento.Notifications;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Cli.Terminal;

/// <summary>Turns whatever stopped a command into sentences and an exit code. Nothing gets past it.</summary>
internal static class FailureReport
{
    /// <summary>When it is set, an internal error also says where in the program it happened.</summary>
    private const string DebugVariable = "BENTO_DEBUG";

    public static async Task<int> GuardAsync(CliIo io, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException)
        {
            Say(io, "bento: interrupted. Nothing is half done: run the same command again to continue.");
            return ExitCodes.Interrupted;
        }
        catch (BentoException exception)
        {
            Say(io, [.. Lines(exception)]);
            return CodeOf(exception);
        }
        catch (IOException exception) when (PipeWriter.IsClosed(exception))
        {
            // Whoever read the output has had enough, as 'head' has.
            return ExitCodes.OutputClosed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Say(io, [$"bento: {exception.Message}", .. exception is UnauthorizedAccessException
                ? ["       Run this as the user who deploys the fleet, or as root: sudo bento ..."]
                : Array.Empty<string>()]);
            return ExitCodes.Machine;
        }
        catch (Exception exception)
        {
            Say(io, $"bento: internal error: {exception.Message} ({exception.GetType().Name})", io.Variable(DebugVariable) is null
                ? $"       This is a bug in Bento. Please report it, with what the same command prints after: export {DebugVariable}=1"
                : exception.ToString());
            return ExitCodes.InternalError;
        }
    }

    private static IEnumerable<string> Lines(BentoException exception) => exception switch
    {
        InvalidFleetException invalid => invalid.Problems.Select(problem => $"bento: {NextStepText.Of(problem)}"),
        { NextStep: { } next } => [$"bento: {exception.Message}", $"       {NextStepText.Of(next)}"],
        _ => [$"bento: {exception.Message}"],
    };

    private static void Say(CliIo io, params IReadOnlyList<string> lines)
    {
        try
        {
            foreach (var line in lines)
            {
                io.Error.WriteLine(line);
            }
        }
        catch (IOException)
        {
            // Standard error is full or gone: the exit code has to do.
        }
    }

    private static int CodeOf(BentoException exception) => exception switch
    {
        InvalidFleetException => ExitCodes.Configuration,
        NixException => ExitCodes.Nix,
        TransportException => ExitCodes.Transport,
        PublishLockedException => ExitCodes.Busy,
        PlanOutdatedException => ExitCodes.PlanOutdated,
        RolloutException => ExitCodes.Rollout,
        StatusStoreException or AgentException or SigningException or NotificationException => ExitCodes.Machine,
        _ => ExitCodes.HostFailed,
    };
}
