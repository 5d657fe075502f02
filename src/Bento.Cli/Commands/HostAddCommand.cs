using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Cli.Parsing;
using Bento.Cli.Rendering;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Cli.Commands;

/// <summary><c>bento host add</c>: writes a host into bento.json, and lets it log in.</summary>
internal static class HostAddCommand
{
    public static Command Create(CliIo io)
    {
        var name = HostArgument.Create();
        var key = KeyOption.Create(io);
        var tags = new Option<string[]>("--tag") { Description = "A word to select the host by. May be given more than once.", HelpName = "TAG" };
        var directory = CommonOptions.Directory();
        var command = new Command("add", "Write a host into bento.json, and make its account and its area on the server.") { name, key, tags, directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            Settings.BentoDirectory(io, parsed.GetValue(directory)),
            parsed.GetValue(name),
            parsed.GetValue(key)!,
            parsed.GetValue(tags) ?? [],
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, HostName host, PublicKey key, string[] tags, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        if (services.GetRequiredService<IHostRegistry>().Check(host, key) is { Count: > 0 } problems)
        {
            throw new InvalidFleetException(problems);
        }

        var accounts = services.GetRequiredService<IHostAccounts>();
        var steps = await accounts.PlanAsync(host, key, cancellationToken);
        var isNew = HostEntries.Add(directory, host, key, tags);
        await io.Error.WriteLineAsync(isNew ? $"{host}: written into {Settings.BentoFileName}, key {key.Fingerprint}" : $"{host}: {Settings.BentoFileName} has it already");
        await ServerSteps.TakeAsync(io, accounts, steps, cancellationToken);
        HostNextStep.Write(io, host, services.GetRequiredService<IOptions<BentoOptions>>().Value.Bootstrap);
        return ExitCodes.Success;
    }
}
