using System.Text;

namespace Bento.Configuration.Composition;

/// <summary>
/// What people call the properties of options: the property itself, beginning with a small letter, unless this table says otherwise.
/// </summary>
internal static class SettingNames
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        // BentoOptions and those of a host
        ["ReleaseLifetime"] = "releaseDays",
        ["KeptAttempts"] = "keepAttempts",
        ["ConfirmTimeout"] = "confirmSeconds",
        ["AtMost"] = "atMostHours",

        // RolloutOptions
        ["Soak"] = "soakMinutes",
        ["AnswerTimeout"] = "answerMinutes",
        ["AbsentTimeout"] = "absentMinutes",

        // SigningOptions and TrustOptions
        ["KeyFiles"] = "keys",
        ["TrustedKeys"] = "keys",

        // PostgreSqlOptions
        ["RetryFor"] = "retrySeconds",

        // AgentOptions
        ["Interval"] = "intervalSeconds",
        ["PollInterval"] = "pollSeconds",
        ["SelfUpdateInterval"] = "selfUpdateHours",
        ["BuildTimeout"] = "buildHours",
        ["SwitchTimeout"] = "switchHours",
        ["SecretsDirectory"] = "secrets.directory",
        ["SecretsIdentityFile"] = "secrets.identityFile",
    };

    /// <summary>The setting of a property.</summary>
    /// <param name="section">The section that the options are; empty where they are the whole file.</param>
    /// <param name="property">The way to the property: <c>Hosts[web].Tags[0]</c>.</param>
    public static string Of(string section, string property)
    {
        var setting = new StringBuilder(section);
        foreach (var (name, isKey) in Parts(property))
        {
            _ = !isKey ? Add(setting, Renamed.GetValueOrDefault(name) ?? $"{char.ToLowerInvariant(name[0])}{name[1..]}")
                : name.All(char.IsAsciiDigit) ? setting.Append('[').Append(name).Append(']')
                : Add(setting, name);
        }

        return setting.ToString();
    }

    private static StringBuilder Add(StringBuilder setting, string name) =>
        setting.Append(setting.Length == 0 ? string.Empty : ".").Append(name);

    /// <summary>Names, and keys between brackets, which may hold anything.</summary>
    private static IEnumerable<(string Name, bool IsKey)> Parts(string property)
    {
        for (var at = 0; at < property.Length;)
        {
            var isKey = property[at] == '[';
            var end = isKey ? property.IndexOf(']', at) : property.IndexOfAny(['.', '['], at);
            end = end < 0 ? property.Length : end;
            var name = property[(isKey ? at + 1 : at)..end];
            if (name.Length > 0)
            {
                yield return (name, isKey);
            }

            at = end < property.Length && property[end] != '[' ? end + 1 : end;
        }
    }
}
