using Bento.Transport;

namespace Bento.Cli.Rendering;

/// <summary>Takes the steps of a server, or prints the commands for whoever can.</summary>
internal static class ServerSteps
{
    public static async Task TakeAsync(CliIo io, IHostAccounts accounts, IReadOnlyList<ServerStep> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            return;
        }

        if (accounts.WhyNot is { } why)
        {
            await io.Error.WriteLineAsync($"To do on the server ({why}):");
            foreach (var step in steps)
            {
                await io.Out.WriteLineAsync(step.ToString());
            }

            return;
        }

        foreach (var step in steps)
        {
            await io.Error.WriteLineAsync($"server: {step.Purpose}");
            await accounts.ApplyAsync([step], cancellationToken);
        }
    }
}
