using Bento.Cli.Terminal;

namespace Bento.Cli.Composition;

/// <summary>Where the configuration of the agent on this machine is.</summary>
internal static class AgentFilePath
{
    public const string Default = "/etc/bento/agent.json";

    public static string Of(CliIo io, string config) => io.FullPath(config);

    /// <summary>Where it is unless the command line says otherwise.</summary>
    public static string WithoutOption(CliIo io) => Of(io, io.Variable("BENTO_AGENT_CONFIG") ?? Default);
}
