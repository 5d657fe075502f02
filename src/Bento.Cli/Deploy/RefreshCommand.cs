using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento refresh</c>: makes the current releases valid for longer. For a timer.</summary>
internal static class RefreshCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var hosts = new HostChoice();
        var json = SharedOptions.Json();
        var forSigning = SharedOptions.ForSigning();
        var command = new Command("refresh", "Extend the validity of the current releases, without building anything.")
        {
            directory,
            hosts.On,
            hosts.All,
            json,
            forSigning,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bentoDirectory = DirectoryOption.Read(io, parsed);
            var request = new RefreshRequest
            {
                Hosts = await hosts.ReadAsync(io, parsed, bentoDirectory, cancellationToken),
                ForSigning = SharedOptions.ForSigning(io, parsed.GetValue(forSigning)),
            };
            return await RunAsync(io, bentoDirectory, request, new OutputStyle(IsVerbose: false, parsed.GetValue(json)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, RefreshRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var report = await Interruptible.ShowAsync(
            io, style, progress: null, () => services.GetRequiredService<IDeployer>().RefreshAsync(request, null, cancellationToken));
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
