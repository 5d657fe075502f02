using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Configuration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host remove</c>: takes a host out of bento.json, and its account and area from the server. The record of what it did stays.</summary>
internal static class HostRemoveCommand
{
    public static Command Create(CliIo io)
    {
        var name = HostArgument.Create();
        var yes = new Option<bool>("--yes", "-y") { Description = "Remove its area too, without asking." };
        var directory = DirectoryOption.Create();
        var command = new Command("remove", "Take a host out of bento.json, and its account and its area from the server.") { name, yes, directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(name), parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostName host, bool isSure, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var accounts = services.GetRequiredService<IHostAccounts>();
        var withArea = isSure || (io.IsErrorTerminal && await Question.AskAsync(io, $"Remove the area of {host} too, with the reports in it?", cancellationToken));
        var steps = await accounts.PlanRemovalAsync(host, withArea, cancellationToken);
        var hadEntry = HostEntries.Remove(directory, host);
        await io.Error.WriteLineAsync(hadEntry ? $"{host}: taken out of {Settings.BentoFileName}" : $"{host}: not in {Settings.BentoFileName}");
        await ServerSteps.TakeAsync(io, accounts, steps, cancellationToken);
        await io.Error.WriteLineAsync(withArea ? "Its record stays." : "Its record and its area stay. With --yes the area goes too.");
        return ExitCodes.Success;
    }
}
