using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento publish</c>: publishes what was prepared here and signed elsewhere.</summary>
internal static class PublishCommand
{
    public static Command Create(CliIo io)
    {
        var signed = new Argument<string>("DIR")
        {
            Description = "The directory written by 'bento deploy --for-signing' and signed by 'bento sign'.",
        };
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var command = new Command("publish", "Publish releases that were prepared here and signed on another machine.")
        {
            signed,
            directory,
            json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            io.FullPath(parsed.GetValue(signed)!),
            new OutputStyle(IsVerbose: false, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io, string directory, string signed, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var report = await services.GetRequiredService<IReleaseSigning>().PublishAsync(signed, null, cancellationToken);
        DeployReportRenderer.Write(io, style, report);
        return report.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
