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
    private const string SigningKey = ".bento/signing-key";
    private const string BentoSchema = "bento.schema.json";
    private const string AgentSchema = "agent.schema.json";

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

        var json = Path.Exists(path) ? JsonFile.Read(path, BentoSchema) : null;
        var shell = Path.Join(bentoDirectory, ConfigSh.FileName);
        var start = json is null && Path.Exists(shell) ? ConfigSh.Read(shell) : null;
        var read = Read(environment, "BENTO_", BentoFileName, json, configuration =>
        {
            var file = start?.File ?? new BentoFile();
            configuration.Bind(file);
            return file;
        });
        return read with { Remarks = start?.Remarks ?? [] };
    }

    /// <summary>The configuration of an agent, with <c>BENTO_AGENT_…</c> before it.</summary>
    /// <exception cref="InvalidFleetException">There is no file to read, or it is no JSON.</exception>
    public static ReadSettings<AgentFile> ReadAgent(IReadOnlyDictionary<string, string> environment, string path) =>
        Read(environment, "BENTO_AGENT_", Path.GetFileName(path), JsonFile.Read(path, AgentSchema), configuration =>
        {
            var file = new AgentFile();
            configuration.Bind(file);
            return file;
        });

    private static ReadSettings<T> Read<T>(
        IReadOnlyDictionary<string, string> environment, string prefix, string name, JsonFile? file, Func<IConfiguration, T> bind)
    {
        var variables = environment
            .Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal) && variable.Value.Length > 0)
            .ToList();
        var problems = (file?.SchemaProblems ?? []).Select(problem => file!.Problem(problem.Path, problem.Message)).ToList();
        var written = file is null ? [] : Sound(file);
        try
        {
            return new ReadSettings<T>(
                bind(Configuration(written, variables.Select(variable => Setting(prefix, variable)))), name, file, problems);
        }
        catch (InvalidOperationException)
        {
            // What is left of the file passes its schema: what does not convert came from the environment.
            var wrong = variables.Select(variable => (variable, Problem: Problem(prefix, variable, bind)))
                .Where(tried => tried.Problem is not null)
                .ToDictionary(tried => tried.variable.Key, tried => tried.Problem!);
            var sound = variables.Where(variable => !wrong.ContainsKey(variable.Key)).Select(variable => Setting(prefix, variable));
            return new ReadSettings<T>(bind(Configuration(written, sound)), name, file, [.. problems, .. wrong.Values]);
        }
    }

    /// <summary>The settings of a file without those that break its schema.</summary>
    private static IReadOnlyList<KeyValuePair<string, string?>> Sound(JsonFile file)
    {
        var wrong = file.SchemaProblems.Select(problem => file.Places.Nearest(problem.Path).Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (wrong.Contains(string.Empty))
        {
            return [];
        }

        // Twice the same name is a problem that was found, and the reader of settings throws at it.
        try
        {
            return [.. new ConfigurationBuilder().AddJsonStream(new MemoryStream(file.Bytes)).Build().AsEnumerable()
                .Where(setting => !wrong.Any(key => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)
                    || setting.Key.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)))];
        }
        catch (FormatException) when (wrong.Count > 0)
        {
            return [];
        }
    }

    private static IConfiguration Configuration(
        IEnumerable<KeyValuePair<string, string?>> file, IEnumerable<KeyValuePair<string, string?>> variables) =>
        new ConfigurationBuilder().AddInMemoryCollection(file).AddInMemoryCollection(variables).Build();

    private static KeyValuePair<string, string?> Setting(string prefix, KeyValuePair<string, string> variable) =>
        KeyValuePair.Create(variable.Key[prefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);

    /// <summary>Binds one variable alone, to see whether it is the one.</summary>
    private static FleetProblem? Problem<T>(string prefix, KeyValuePair<string, string> variable, Func<IConfiguration, T> bind)
    {
        try
        {
            _ = bind(Configuration([], [Setting(prefix, variable)]));
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return new FleetProblem(
                $"${variable.Key}", $"Invalid value '{variable.Value}': {exception.InnerException?.Message ?? exception.Message}");
        }
    }
}
