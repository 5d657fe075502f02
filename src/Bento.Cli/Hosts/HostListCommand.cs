using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host list</c>: the hosts that the fleet knows of, and what each of them lacks.</summary>
internal static class HostListCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("list", "List the hosts, with their tags and keys, and whether each has a configuration and an area.")
        {
            directory,
            json,
        };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var hosts = await services.GetRequiredService<IHostRegistry>().ListAsync(cancellationToken);
        if (isJson)
        {
            JsonOutput.Write(io.Out, HostsDocument.Of(hosts));
        }
        else
        {
            HostsRenderer.Write(io, hosts);
        }

        return ExitCodes.Success;
    }
}
