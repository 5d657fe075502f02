using System.CommandLine;
using Bento.Administration;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Hosts;

/// <summary>
/// <c>bento host remove</c>: removes a host from bento.json, and its account and area from the server. Its history is kept.
/// </summary>
internal static class HostRemoveCommand
{
    public static Command Create(CliIo io)
    {
        var name = HostArgument.Create();
        var yes = new Option<bool>("--yes", "-y") { Description = "Also remove its area, without asking." };
        var directory = DirectoryOption.Create();
        var command = new Command("remove", "Remove a host from bento.json, and its account and its area from the server.")
        {
            name,
            yes,
            directory,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(name), parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostName host, bool isSure, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var accounts = services.GetRequiredService<IHostAccounts>();
        var withArea = isSure
            || (io.IsErrorTerminal && await Question.AskAsync(io, $"Also remove the area of {host}, with its reports?", cancellationToken));
        var steps = await accounts.PlanRemovalAsync(host, withArea, cancellationToken);
        var hadEntry = services.GetRequiredService<IHostSettings>().Remove(host);
        await io.Error.WriteLineAsync(
            hadEntry ? $"{host}: removed from {Settings.BentoFileName}" : $"{host}: not in {Settings.BentoFileName}");
        await ServerSteps.TakeAsync(io, accounts, steps, cancellationToken);
        await io.Error.WriteLineAsync(
            withArea ? "Its history was kept." : "Its history and its area were kept. To remove the area too: --yes");
        return ExitCodes.Success;
    }
}
