using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Diff;

/// <summary><c>bento diff</c>: what hosts run against what they should run, package by package.</summary>
internal static class DiffCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var on = SharedOptions.On();
        var verbose = SharedOptions.Verbose();
        var json = SharedOptions.Json();
        var nvd = new Option<bool>("--nvd") { Description = "Compare the packages with nvd, if it is installed." };
        nvd.Validators.Add(result =>
        {
            if (result.GetValue(nvd) && result.GetValue(json))
            {
                result.AddError("--json and --nvd exclude each other.");
            }
        });
        var command = new Command("diff", "Show which packages differ between what hosts run and what they should run.")
        {
            directory,
            on,
            nvd,
            verbose,
            json,
        };
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            await SelectedHosts.ReadAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(on), cancellationToken),
            SharedOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json)),
            parsed.GetValue(nvd),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, HostSelector hosts, OutputStyle style, bool usesNvd, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var fleet = services.GetRequiredService<IFleetDifference>();
        var differences = await fleet.ReadAsync(hosts, cancellationToken);
        if (differences.Count == 0)
        {
            await io.Error.WriteLineAsync("No host has an area yet. To create them: bento deploy");
        }

        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, DifferenceDocument.Of(differences));
        }
        else if (usesNvd)
        {
            DifferenceTable.WriteHosts(io, differences);
            foreach (var difference in differences.Where(difference => difference.Packages is not null))
            {
                await io.Out.WriteLineAsync($"{difference.Host}:");
                await io.Out.WriteAsync($"{await fleet.DescribeByNvdAsync(difference, cancellationToken)}\n");
            }
        }
        else
        {
            DifferenceTable.Write(io, differences, style.IsVerbose);
        }

        return ExitCodes.Success;
    }
}
