using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Configuration.Composition;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Cli.Composition;

/// <summary>A running Bento from what was configured, and what it says while it waits.</summary>
internal static class FleetServices
{
    /// <summary>Directories of other users that root may use: no file in them can say so.</summary>
    private const string SafeDirectories = "BENTO_SAFE_DIRECTORIES";

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
    public static ServiceProvider CreateAgent(CliIo io, string path, bool acceptFirst = false)
    {
        try
        {
            return Build(services => AgentComposition.Apply(
                services.AddBentoAgent(options =>
                {
                    options.ConfigurationFile = io.FullPath(path);
                    Safe(io).ForEach(options.SafeDirectories.Add);
                }),
                Settings.ReadAgent(io.Environment, path),
                Path.GetDirectoryName(io.FullPath(path))!,
                acceptFirst));
        }
        catch (InvalidFleetException exception)
        {
            throw SettingAdvice.OfAgent(exception);
        }
    }

    private static ServiceProvider Create(CliIo io, string bentoDirectory, Action<IServiceCollection> more)
    {
        try
        {
            return Build(services =>
            {
                _ = services.AddBento(options => Safe(io).ForEach(options.SafeDirectories.Add))
                    .FromDirectory(bentoDirectory, io.Environment);
                foreach (var remark in Remarks(services))
                {
                    io.Error.WriteLine($"bento: {remark}");
                }

                var lines = new ConnectionLines(io.Error);
                _ = services.AddSingleton(lines).AddSingleton<IProgress<ConnectionWait>>(lines);
                more(services);
            });
        }
        catch (InvalidFleetException exception)
        {
            throw SettingAdvice.OfFleet(exception);
        }
    }

    /// <summary>They are there before anything is built: what is wrong may be what a remark is about.</summary>
    private static IEnumerable<FleetProblem> Remarks(IServiceCollection services) =>
        services.Select(service => service.ImplementationInstance).OfType<FleetRemarks>().SelectMany(found => found.Remarks);

    private static List<string> Safe(CliIo io) =>
        [.. (io.Variable(SafeDirectories) ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries)];

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return provider;
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }
}
