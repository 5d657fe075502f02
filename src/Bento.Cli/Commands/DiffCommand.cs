using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Rendering;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento diff</c>: what hosts run against what they should run, package by package.</summary>
internal static class DiffCommand
{
    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var on = CommonOptions.On();
        var verbose = CommonOptions.Verbose();
        var json = CommonOptions.Json();
        var command = new Command("diff", "Show which packages differ between what hosts run and what they should run.") { directory, on, verbose, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            CommonOptions.Selector(io, parsed.GetValue(on)),
            CommonOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostSelector hosts, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var differences = await services.GetRequiredService<IFleetDifference>().ReadAsync(hosts, cancellationToken);
        if (style.IsJson)
        {
            DifferenceJson.Write(io.Out, differences);
        }
        else
        {
            DifferenceTable.Write(io, differences, style.IsVerbose);
        }

        return ExitCodes.Success;
    }
}
