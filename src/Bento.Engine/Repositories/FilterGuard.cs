using System.Globalization;

namespace Bento.Repositories;

/// <summary>
/// Switches off the filters that a repository itself defines: git runs them to see whether a file changed. Those of the user and of the
/// machine stay, as Git LFS installs them. Pure.
/// </summary>
internal static class FilterGuard
{
    /// <summary>Asks for the settings of all filters, with who set them.</summary>
    public static IReadOnlyList<string> Question { get; } =
        ["config", "--null", "--show-scope", "--name-only", "--get-regexp", @"^filter\."];

    /// <param name="settings">The answer: scope and name by turns.</param>
    /// <returns>Variables of the environment of a git that does not run them.</returns>
    public static IReadOnlyDictionary<string, string?> Environment(string settings)
    {
        var words = settings.Split('\0');
        var drivers = words.Chunk(2)
            .Where(pair => pair is ["local" or "worktree", _])
            .Select(pair => pair[1])
            .Select(name => name[..name.LastIndexOf('.')])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        (string Key, string Value)[] off = [("clean", string.Empty), ("process", string.Empty), ("required", "false")];
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in drivers.SelectMany(driver => off.Select(setting => ($"{driver}.{setting.Key}", setting.Value))))
        {
            // By the environment, and not on the command line: the name of a filter may hold an equals sign.
            var number = (variables.Count / 2).ToString(CultureInfo.InvariantCulture);
            variables[$"GIT_CONFIG_KEY_{number}"] = name;
            variables[$"GIT_CONFIG_VALUE_{number}"] = value;
        }

        variables["GIT_CONFIG_COUNT"] = (drivers.Count * off.Length).ToString(CultureInfo.InvariantCulture);
        return variables;
    }
}
