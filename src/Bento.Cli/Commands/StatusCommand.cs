using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento status</c>: what every host should run, what it runs, and why they differ.</summary>
internal static class StatusCommand
{
    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var json = CommonOptions.Json();
        var command = new Command("status", "Show what every host should run, what it runs, and why they differ.") { directory, on, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io, Settings.BentoDirectory(io, parsed.GetValue(directory)), CommonOptions.Selector(io, parsed.GetValue(on)), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostSelector hosts, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var statuses = await services.GetRequiredService<IFleetStatus>().ReadAsync(hosts, cancellationToken);
        if (isJson)
        {
            StatusJson.Write(io.Out, statuses);
        }
        else
        {
            StatusTable.Write(io, statuses, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }

        return ExitCodes.Success;
    }
}
