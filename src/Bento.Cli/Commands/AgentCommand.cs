using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento agent</c>: what runs on a host.</summary>
internal static class AgentCommand
{
    private const string DefaultFile = "/etc/bento/agent.json";

    public static Command Create(CliIo io)
    {
        var config = new Option<string>("--config")
        {
            Description = $"The agent's configuration. Default: $BENTO_AGENT_CONFIG, else {DefaultFile}.",
            HelpName = "FILE",
            DefaultValueFactory = _ => io.Variable("BENTO_AGENT_CONFIG") ?? DefaultFile,
        };
        var once = new Command("once", "Poll once: take the host to its release, report, and end.") { config };
        once.SetAction((parsed, cancellationToken) => RunOnceAsync(io, Path.GetFullPath(parsed.GetValue(config)!, io.WorkingDirectory), cancellationToken));
        return new Command("agent", "Bring this host to its release.") { once };
    }

    private static async Task<int> RunOnceAsync(CliIo io, string config, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.CreateAgent(io, config);
        var result = await services.GetRequiredService<IAgent>().RunOnceAsync(cancellationToken);
        await io.Error.WriteLineAsync($"bento: {result.Reason}");
        return result.Conclusion switch
        {
            AgentConclusion.Unreachable => ExitCodes.Transport,
            AgentConclusion.Refused => ExitCodes.Refused + (int)result.Refusal!.Value,
            AgentConclusion.Attempted => result.Outcome is Outcome.Succeeded or Outcome.Degraded or Outcome.RebootNeeded or Outcome.AutoUpdated
                ? ExitCodes.Success
                : ExitCodes.HostFailed,
            _ => ExitCodes.Success,
        };
    }
}
