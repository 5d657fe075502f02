using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Configuration.Composition;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Composition;

/// <summary>A running Bento from what was configured, and what it says while it waits.</summary>
internal static class FleetServices
{
    /// <summary>What an operator needs.</summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider Create(CliIo io, string bentoDirectory) => Create(io, bentoDirectory, _ => { });

    /// <summary>
    /// What an operator needs who also changes this machine: where it has an agent, what that knows of the machine holds here too.
    /// </summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider CreateWithMachine(CliIo io, string bentoDirectory, string agentFile) =>
        Create(io, bentoDirectory, services =>
        {
            if (Path.Exists(agentFile))
            {
                var agent = Settings.ReadAgent(io.Environment, agentFile).OrThrow();
                _ = services.Configure<Agents.AgentOptions>(
                    options => AgentComposition.Apply(agent, Path.GetDirectoryName(agentFile)!, options));
            }
        });

    /// <summary>What a host needs.</summary>
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public static ServiceProvider CreateAgent(CliIo io, string path, bool acceptFirst = false) =>
        AgentComposition.Create(Settings.ReadAgent(io.Environment, path), io.FullPath(path), acceptFirst);

    private static ServiceProvider Create(CliIo io, string bentoDirectory, Action<IServiceCollection> more)
    {
        var read = Settings.ReadBento(io.Environment, bentoDirectory);
        foreach (var remark in read.Remarks)
        {
            io.Error.WriteLine($"bento: {remark}");
        }

        return FleetComposition.Create(read, bentoDirectory, services =>
        {
            var lines = new ConnectionLines(io.Error);
            _ = services.AddSingleton(lines).AddSingleton<IProgress<ConnectionWait>>(lines);
            more(services);
        });
    }
}
