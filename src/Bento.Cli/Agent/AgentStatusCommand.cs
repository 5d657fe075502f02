using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Agent;

/// <summary><c>bento agent status</c>: what this host runs, what it should run, and what waits.</summary>
internal static class AgentStatusCommand
{
    public static Command Create(CliIo io, Option<string> config)
    {
        var json = SharedOptions.Json();
        var command = new Command(
            "status",
            "Show what this host runs, what it should run, and what it waits for. Works while an agent runs, and without the server.")
            {
                config,
                json,
            };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(io, AgentFilePath.Of(io, parsed.GetValue(config)!), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string config, bool isJson, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        var state = await services.GetRequiredService<IAgentControl>().InspectAsync(cancellationToken);
        if (isJson)
        {
            JsonOutput.Write(io.Out, AgentStatusDocument.Of(state));
        }
        else
        {
            AgentStateText.Write(io.Out, state);
        }

        return ExitCodes.Success;
    }
}
