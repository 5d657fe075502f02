using Bento.Configuration.BashBento;
using Bento.Configuration.Documents;
using Bento.Configuration.Json;
using Bento.Hosts;
using Microsoft.Extensions.Configuration;

namespace Bento.Configuration.Reading;

/// <summary>Joins a configuration file, the environment and the command line, the later before the earlier.</summary>
internal static class Settings
{
    public const string BentoFileName = "bento.json";

    /// <summary>Where the Bento directory is, in settings that do not lie in one.</summary>
    public const string DirectoryKey = "directory";

    private const string SigningKey = ".bento/signing-key";
    private static readonly Dictionary<string, string> NoLines = [];

    /// <summary>
    /// <c>bento.json</c> of a Bento directory, else its <c>config.sh</c>, else the defaults, with <c>BENTO_…</c> before it:
    /// <c>BENTO_AREAS__DIRECTORY</c>.
    /// </summary>
    /// <exception cref="InvalidFleetException">There is no file to read, or it is no JSON.</exception>
    public static ReadSettings<BentoFile> ReadBento(IReadOnlyDictionary<string, string> environment, string bentoDirectory)
    {
        BentoDirectory.Require(bentoDirectory);
        var path = Path.Join(bentoDirectory, BentoFileName);
        if (!Path.Exists(path) && Path.Exists(Path.Join(bentoDirectory, SigningKey)))
        {
            throw new InvalidFleetException(
                [new FleetProblem(
                    BentoFileName,
                    $"Missing, although there is a signing key '{SigningKey}'. Without this file the fleet would be deployed under "
                        + "another name and unsigned. Restore it."),
                    ]);
        }

        var json = Path.Exists(path) ? JsonFile.Read(path, Schema.Bento) : null;
        var shell = Path.Join(bentoDirectory, ConfigSh.FileName);
        var start = json is null && Path.Exists(shell) ? ConfigSh.Read(shell) : null;
        var written = Written.Of(json, environment, "BENTO_", Schema.Bento);
        var file = start?.File ?? new BentoFile();
        written.Values.Bind(file);
        var sources = new SettingPlaces(BentoFileName, json) { Variables = written.Variables, ShellLines = start?.Lines ?? NoLines };
        return new ReadSettings<BentoFile>(file, sources, written.Problems(sources)) { Remarks = start?.Remarks ?? [] };
    }

    /// <summary>The configuration of an agent, with <c>BENTO_AGENT_…</c> before it.</summary>
    /// <exception cref="InvalidFleetException">There is no file to read, or it is no JSON.</exception>
    public static ReadSettings<AgentFile> ReadAgent(IReadOnlyDictionary<string, string> environment, string path)
    {
        var json = JsonFile.Read(path, Schema.Agent);
        var written = Written.Of(json, environment, "BENTO_AGENT_", Schema.Agent);
        var file = new AgentFile();
        written.Values.Bind(file);
        var sources = new SettingPlaces(Path.GetFileName(path), json) { Variables = written.Variables };
        return new ReadSettings<AgentFile>(file, sources, written.Problems(sources));
    }

    /// <summary>The settings of a fleet in those of an application.</summary>
    public static ReadSettings<BentoFile> ReadBento(IConfiguration configuration)
    {
        var written = Written.Of(configuration, Schema.Bento, DirectoryKey);
        var file = new BentoFile();
        written.Values.Bind(file);
        var sources = SourcesOf(configuration);
        return new ReadSettings<BentoFile>(file, sources, written.Problems(sources));
    }

    /// <summary>The settings of an agent in those of an application.</summary>
    public static ReadSettings<AgentFile> ReadAgent(IConfiguration configuration)
    {
        var written = Written.Of(configuration, Schema.Agent);
        var file = new AgentFile();
        written.Values.Bind(file);
        var sources = SourcesOf(configuration);
        return new ReadSettings<AgentFile>(file, sources, written.Problems(sources));
    }

    private static SettingPlaces SourcesOf(IConfiguration configuration) =>
        new(string.Empty, null) { Section = (configuration as IConfigurationSection)?.Path ?? string.Empty };
}
