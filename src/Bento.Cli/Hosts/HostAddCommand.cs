using System.CommandLine;
using Bento.Administration;
using Bento.Cli.Composition;
using Bento.Cli.Deploy;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Cli.Hosts;

/// <summary><c>bento host add</c>: adds a host to bento.json, lets it log in, and publishes its first release.</summary>
internal static class HostAddCommand
{
    public static Command Create(CliIo io)
    {
        var name = HostArgument.Create();
        var key = KeyOption.Create(io);
        var tags = new Option<string[]>("--tag")
        {
            Description = "A tag to select the host by: --on @TAG. May be repeated.",
            HelpName = "TAG",
        };
        var deploy = new Option<bool>("--deploy")
        {
            Description = "Also build and publish its first release. Default: ask on a terminal, if the host has a configuration.",
        };
        var directory = DirectoryOption.Create();
        var verbose = SharedOptions.Verbose();
        var command = new Command(
            "add", "Add a host to bento.json, create its account and its area on the server, and publish its first release.")
            {
                name,
                key,
                tags,
                deploy,
                directory,
                verbose,
            };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            DirectoryOption.Read(io, parsed),
            parsed.GetValue(name),
            parsed.GetValue(key)!,
            parsed.GetValue(tags) ?? [],
            parsed.GetValue(deploy),
            SharedOptions.Style(io, parsed.GetValue(verbose), isJson: false),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliIo io,
        string directory,
        HostName host,
        SshPublicKey key,
        string[] tags,
        bool deploys,
        OutputStyle style,
        CancellationToken cancellationToken)
    {
        bool mayDeploy;
        BootstrapOptions? server;
        await using (var services = FleetServices.Create(io, directory))
        {
            var registry = services.GetRequiredService<IHostRegistry>();
            if (registry.Check(host, key) is { Count: > 0 } problems)
            {
                throw new InvalidFleetException(problems);
            }

            var accounts = services.GetRequiredService<IHostAccounts>();
            var steps = await accounts.PlanAsync(host, key, cancellationToken);
            var isNew = services.GetRequiredService<IHostSettings>().Add(host, key, tags);
            await io.Error.WriteLineAsync(isNew
                ? $"{host}: added to {Settings.BentoFileName}, key {key.Fingerprint}"
                : $"{host}: already in {Settings.BentoFileName}");
            mayDeploy = await ServerSteps.TakeAsync(io, accounts, steps, cancellationToken);
            server = services.GetRequiredService<IOptions<BentoOptions>>().Value.Bootstrap;
            deploys = deploys || (mayDeploy && io.IsInteractive && await MayBeDescribedAsync(registry, host, cancellationToken)
                && await Question.AskAsync(io, "Build and publish its first release now?", cancellationToken));
        }

        if (!deploys || !mayDeploy)
        {
            if (deploys)
            {
                await io.Error.WriteLineAsync("bento: nothing was published: first run the commands above on the server.");
            }

            HostNextStep.Write(io, host, server, isPublished: false);
            return deploys ? ExitCodes.HostFailed : ExitCodes.Success;
        }

        // Anew, because the settings have the host now.
        var code = await DeployCommand.RunAsync(
            io, directory, new DeployRequest
            {
                Hosts = HostSelector.Of(host),
            }, asks: false, wait: null, style, cancellationToken);
        HostNextStep.Write(io, host, server, isPublished: code == ExitCodes.Success);
        return code;
    }

    /// <summary>A host of a flake that nobody has evaluated yet may be described; one that certainly is not needs no question.</summary>
    private static async Task<bool> MayBeDescribedAsync(IHostRegistry registry, HostName host, CancellationToken cancellationToken) =>
        (await registry.ListAsync(cancellationToken)).FirstOrDefault(entry => entry.Name == host)?.HasConfiguration != false;
}
