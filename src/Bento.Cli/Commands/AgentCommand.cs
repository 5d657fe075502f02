using System.CommandLine;

namespace Bento.Cli.Commands;

/// <summary><c>bento agent</c>: what runs on a host.</summary>
internal static class AgentCommand
{
    private const string DefaultFile = "/etc/bento/agent.json";

    public static Command Create(CliIo io) => new("agent", "Bring this host to its release.")
    {
        AgentRunCommand.CreateOnce(io, Config(io)),
        AgentRunCommand.CreateResident(io, Config(io)),
        AgentStatusCommand.Create(io, Config(io)),
        AgentPauseCommand.CreatePause(io, Config(io)),
        AgentPauseCommand.CreateResume(io, Config(io)),
    };

    /// <summary>Where the agent's configuration is.</summary>
    public static string PathOf(CliIo io, string config) => Path.GetFullPath(config, io.WorkingDirectory);

    /// <summary>Where it is when nobody says.</summary>
    public static string DefaultPath(CliIo io) => PathOf(io, io.Variable("BENTO_AGENT_CONFIG") ?? DefaultFile);

    private static Option<string> Config(CliIo io) => new("--config")
    {
        Description = $"The agent's configuration. Default: $BENTO_AGENT_CONFIG, else {DefaultFile}.",
        HelpName = "FILE",
        DefaultValueFactory = _ => DefaultPath(io),
    };
}
