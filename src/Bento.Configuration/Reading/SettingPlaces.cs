using Bento.Configuration.Json;
using Bento.Hosts;

namespace Bento.Configuration.Reading;

/// <summary>Where settings were written: a file with its lines, variables of the environment, or <c>config.sh</c> of bash bento.</summary>
/// <param name="Name">The file that is meant, whether it is there or not.</param>
/// <param name="File">The file; null where there is none.</param>
internal sealed record SettingPlaces(string Name, JsonFile? File)
{
    /// <summary>The variables that set something: their names by the setting, as configuration has it (<c>HOSTS:web:TAGS:0</c>).</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The lines of <c>config.sh</c> by setting.</summary>
    public IReadOnlyDictionary<string, string> ShellLines { get; init; } = new Dictionary<string, string>();

    /// <summary>The section of an application's settings that they are in; null where they are in none.</summary>
    public string? Section { get; init; }

    /// <summary>A problem with a setting, said of what somebody wrote.</summary>
    /// <param name="setting">The setting: <c>hosts.web.tags[0]</c>; empty for all of them.</param>
    /// <param name="message">What is wrong.</param>
    public FleetProblem Problem(string setting, string message) => new(Place(setting), message) { Setting = setting };

    /// <summary>The nearest thing that somebody wrote: the setting itself, else what is around it.</summary>
    private string Place(string setting)
    {
        if (Section is not null)
        {
            return string.Join(':', new[] { Section, Key(setting) }.Where(part => part.Length > 0));
        }

        for (var around = setting; around.Length > 0; around = Around(around))
        {
            if (VariableOf(around, setting) is { } variable)
            {
                return variable;
            }

            if (File?.Places.Find($"$.{around}") is { } place)
            {
                return $"{Name}:{place.Line}: $.{setting}";
            }

            if (ShellLines.TryGetValue(around, out var line))
            {
                return line;
            }
        }

        var path = setting.Length == 0 ? "$" : $"$.{setting}";
        return File is null ? $"{Name}: {path}" : $"{Name}:{File.Places.Nearest(path).Line}: {path}";
    }

    private string? VariableOf(string around, string setting)
    {
        var key = Key(around);
        return Variables.FirstOrDefault(variable => Is(variable.Key, key)) is { Value: { } own }
                ? around == setting ? $"${own}" : $"${own}: {setting}"
            : Variables.FirstOrDefault(variable => variable.Key.StartsWith($"{key}:", StringComparison.OrdinalIgnoreCase)) is
            { Value: { } part } ? $"${part}: {setting}"
            : null;
    }

    private static string Around(string setting) => setting[..int.Max(0, setting.LastIndexOfAny(['.', '[']))];

    private static string Key(string setting) =>
        setting.Replace("]", string.Empty, StringComparison.Ordinal).Replace('[', ':').Replace('.', ':');

    private static bool Is(string key, string other) => string.Equals(key, other, StringComparison.OrdinalIgnoreCase);
}
