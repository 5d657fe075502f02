using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Terminal;

namespace Bento.Cli.Agent;

/// <summary><c>bento agent</c>: what runs on a host.</summary>
internal static class AgentCommand
{
    public static Command Create(CliIo io) => new("agent", "Run on a host: apply its release, show where it stands, pause.")
    {
        AgentRunCommand.CreateOnce(io, Config(io)),
        AgentRunCommand.CreateResident(io, Config(io)),
        AgentStatusCommand.Create(io, Config(io)),
        AgentPauseCommand.CreatePause(io, Config(io)),
        AgentPauseCommand.CreateResume(io, Config(io)),
    };

    private static Option<string> Config(CliIo io) => new("--config")
    {
        Description = $"The configuration of the agent. Default: $BENTO_AGENT_CONFIG, else {AgentFilePath.Default}.",
        HelpName = "FILE",
        DefaultValueFactory = _ => AgentFilePath.WithoutOption(io),
    };
}
