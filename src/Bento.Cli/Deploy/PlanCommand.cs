using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Documents;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Deploy;

/// <summary><c>bento plan</c>: builds, and says what a deploy would publish.</summary>
internal static class PlanCommand
{
    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var on = SharedOptions.On();
        var verbose = SharedOptions.Verbose();
        var unpin = SharedOptions.Unpin();
        var json = SharedOptions.Json();
        var command = new Command("plan", "Build all systems, and show what a deploy would publish.")
        {
            directory, on, unpin, verbose, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bentoDirectory = DirectoryOption.Read(io, parsed);
            var selected = await SelectedHosts.ReadAsync(io, bentoDirectory, parsed.GetValue(on), cancellationToken);
            var request = new PlanRequest { Hosts = selected, Unpin = parsed.GetValue(unpin) };
            var style = SharedOptions.Style(io, parsed.GetValue(verbose), parsed.GetValue(json));
            return await RunAsync(io, bentoDirectory, request, style, cancellationToken);
        });
        return command;
    }

    public static async Task<int> RunAsync(
        CliIo io, string directory, PlanRequest request, OutputStyle style, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var deployer = services.GetRequiredService<IDeployer>();
        var plan = await FleetProgress.RunAsync(io, services, style, progress => deployer.PlanAsync(request, progress, cancellationToken));
        if (style.IsJson)
        {
            JsonOutput.Write(io.Out, PlanDocument.Of(plan, NextStepText.Of));
        }

        PlanRenderer.Write(io, style.IsJson ? TextWriter.Null : io.Out, plan, style.IsVerbose);
        return plan.IsSuccess ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
