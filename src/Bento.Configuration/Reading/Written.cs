using Bento.Configuration.Documents;
using Bento.Configuration.Json;
using Bento.Hosts;
using Microsoft.Extensions.Configuration;

namespace Bento.Configuration.Reading;

/// <summary>What a file and variables say, joined, without what breaks the schema.</summary>
/// <param name="Values">The settings that can be read, the variables before the file.</param>
/// <param name="Variables">The variables that set something: their names by the setting.</param>
/// <param name="Wrong">What breaks the schema.</param>
internal sealed record Written(
    IConfiguration Values, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<SettingProblem> Wrong)
{
    /// <summary>Reads both.</summary>
    /// <param name="file">The file; null where there is none.</param>
    /// <param name="environment">The variables of the environment.</param>
    /// <param name="prefix">What the names of those begin with that are meant.</param>
    /// <param name="schema">What may be set.</param>
    public static Written Of(JsonFile? file, IReadOnlyDictionary<string, string> environment, string prefix, Schema schema)
    {
        var wrong = (file?.SchemaProblems ?? []).Select(problem => new SettingProblem(Setting(problem.Path), problem.Message)).ToList();
        var variables = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment.Where(
            variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal) && variable.Value.Length > 0))
        {
            // Many a variable that begins so is not a setting.
            var key = name[prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            if (schema.Find(key) is not var (declared, setting))
            {
                continue;
            }

            variables[key] = name;
            if (TextValueCheck.Problem(value, declared) is { } problem)
            {
                wrong.Add(new SettingProblem(setting, problem));
            }
            else
            {
                values[key] = value;
            }
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(file is null ? [] : Sound(file))
            .AddInMemoryCollection(values)
            .Build();
        return new Written(configuration, variables, wrong);
    }

    /// <summary>Reads settings of an application.</summary>
    /// <param name="configuration">The section that holds them.</param>
    /// <param name="schema">What may be set.</param>
    /// <param name="others">Keys that are something else.</param>
    public static Written Of(IConfiguration configuration, Schema schema, params IReadOnlyList<string> others)
    {
        var wrong = new List<SettingProblem>();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.AsEnumerable(makePathsRelative: true).Where(setting =>
            !string.IsNullOrEmpty(setting.Value) && !others.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (schema.Find(key) is not var (declared, setting))
            {
                wrong.Add(new SettingProblem(key.Replace(':', '.'), "Unknown setting."));
            }
            else if (TextValueCheck.Problem(value!, declared) is { } problem)
            {
                wrong.Add(new SettingProblem(setting, problem));
            }
            else
            {
                values[key] = value;
            }
        }

        return new Written(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), new Dictionary<string, string>(), wrong);
    }

    /// <summary>What breaks the schema, each where it was written.</summary>
    public IReadOnlyList<FleetProblem> Problems(SettingPlaces sources) =>
        [.. Wrong.Select(problem => sources.Problem(problem.Setting, problem.Message))];

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

    private static string Setting(string path) => path.Length > 1 ? path[2..] : string.Empty;
}
