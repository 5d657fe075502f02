using Bento.Hosts;
using Microsoft.Extensions.Configuration;

namespace Bento.Cli.Configuration;

/// <summary>Joins a configuration file, the environment and the command line, the later before the earlier.</summary>
internal static class Settings
{
    public const string BentoFileName = "bento.json";
    private const string SigningKey = ".bento/signing-key";
    private const string BentoSchema = "bento.schema.json";
    private const string AgentSchema = "agent.schema.json";

    /// <summary>The Bento directory: <c>--directory</c>, else <c>BENTO_DIR</c>, else where the program was started.</summary>
    public static string BentoDirectory(CliIo io, string? option) =>
        Path.GetFullPath(option ?? io.Variable("BENTO_DIR") ?? ".", io.WorkingDirectory);

    /// <summary><c>bento.json</c> of a Bento directory, else its <c>config.sh</c>, else the defaults, with <c>BENTO_…</c> before it: <c>BENTO_AREAS__DIRECTORY</c>.</summary>
    /// <exception cref="InvalidFleetException">The file is wrong.</exception>
    public static BentoFile ReadBento(CliIo io, string bentoDirectory)
    {
        var path = Path.Join(bentoDirectory, BentoFileName);
        if (!Path.Exists(path) && Path.Exists(Path.Join(bentoDirectory, SigningKey)))
        {
            throw new InvalidFleetException([new FleetProblem(BentoFileName, $"It is missing, and there is a signing key '{SigningKey}': without the file this fleet would be deployed under another name and unsigned. Put it back.")]);
        }

        var json = Path.Exists(path) ? JsonFile.Read(path, BentoSchema) : null;
        var file = json is null ? ReadConfigSh(io, bentoDirectory) : new BentoFile();
        Bind(io, "BENTO_", json, configuration => configuration.Bind(file));
        return file;
    }

    /// <summary>A directory of bash bento works as it is.</summary>
    private static BentoFile ReadConfigSh(CliIo io, string bentoDirectory)
    {
        var path = Path.Join(bentoDirectory, ConfigSh.FileName);
        if (!Path.Exists(path))
        {
            return new BentoFile();
        }

        var config = ConfigSh.Read(path);
        foreach (var remark in config.Remarks)
        {
            io.Error.WriteLine($"bento: {remark}");
        }

        return config.File;
    }

    /// <summary>The configuration of an agent, with <c>BENTO_AGENT_…</c> before it.</summary>
    /// <exception cref="InvalidFleetException">The file is wrong.</exception>
    public static AgentFile ReadAgent(CliIo io, string path)
    {
        var file = new AgentFile();
        Bind(io, "BENTO_AGENT_", JsonFile.Read(path, AgentSchema), configuration => configuration.Bind(file));
        return file;
    }

    private static void Bind(CliIo io, string prefix, byte[]? json, Action<IConfiguration> bind)
    {
        var builder = new ConfigurationBuilder();
        if (json is not null)
        {
            _ = builder.AddJsonStream(new MemoryStream(json));
        }

        var variables = io.Environment
            .Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal) && variable.Value.Length > 0)
            .ToList();
        try
        {
            bind(builder.AddInMemoryCollection(variables.Select(variable => Setting(prefix, variable))).Build());
        }
        catch (InvalidOperationException exception)
        {
            // The file has passed its schema: what does not convert came from the environment.
            throw new InvalidFleetException([.. variables.SelectMany(variable => Problems(prefix, variable, bind))], exception);
        }
    }

    private static KeyValuePair<string, string?> Setting(string prefix, KeyValuePair<string, string> variable) =>
        KeyValuePair.Create(variable.Key[prefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);

    /// <summary>Binds one variable alone, to see whether it is the one.</summary>
    private static IEnumerable<FleetProblem> Problems(string prefix, KeyValuePair<string, string> variable, Action<IConfiguration> bind)
    {
        try
        {
            bind(new ConfigurationBuilder().AddInMemoryCollection([Setting(prefix, variable)]).Build());
            return [];
        }
        catch (InvalidOperationException exception)
        {
            return [new FleetProblem($"${variable.Key}", $"'{variable.Value}' cannot be its value: {exception.InnerException?.Message ?? exception.Message}")];
        }
    }
}
