using Bento.Administration;
using Bento.Cli.Terminal;

namespace Bento.Cli.Hosts;

/// <summary>Takes the steps of a server, or prints the commands for whoever can.</summary>
internal static class ServerSteps
{
    /// <returns>Whether nothing is left to be done on the server.</returns>
    public static async Task<bool> TakeAsync(
        CliIo io, IHostAccounts accounts, IReadOnlyList<ServerStep> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return true;
        }

        if (accounts.ManualReason is { } why)
        {
            await io.Error.WriteLineAsync($"Run these commands on the server ({why}):");
            foreach (var step in steps)
            {
                await io.Out.WriteAsync($"{step}\n");
            }

            return false;
        }

        foreach (var step in steps)
        {
            await io.Error.WriteLineAsync($"server: {step.Purpose}");
            await accounts.ApplyAsync([step], cancellationToken);
        }

        return true;
    }
}
