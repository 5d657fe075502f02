namespace Bento.Hosts;

/// <summary>The names that mean something to Bento in the Bento directory.</summary>
internal static class BentoFiles
{
    public const string Settings = "bento.json";
    public const string BashSettings = "config.sh";
    public const string Flake = "flake.nix";
    public const string Configuration = "configuration.nix";
    public const string HostsDirectory = "hosts";
    public const string SharedDirectory = "utils";
    public const string StateDirectory = ".bento";

    /// <summary>Where areas lie in the state directory, until somebody says otherwise.</summary>
    public const string AreasDirectory = "areas";

    public const string SecretsDirectory = "secrets";
    public const string Ignore = ".bentoignore";

    /// <summary>The files that are policy, with what they say.</summary>
    public static readonly IReadOnlyDictionary<string, DirectoryMarks> Marks = new Dictionary<string, DirectoryMarks>(
        StringComparer.Ordinal)
    {
        ["SELF_UPDATE"] = DirectoryMarks.SelfUpdate,
        ["REBOOT"] = DirectoryMarks.Reboot,
        ["NOLOCALBUILD"] = DirectoryMarks.EvaluateOnly,
    };

    /// <summary>
    /// What lies at the top of a configuration directory, or of the Bento directory, and is never shipped; beside the secrets.
    /// </summary>
    public static bool IsOwn(string topLevelName) =>
        topLevelName is StateDirectory or Ignore or Settings or "bento.schema.json" or BashSettings or "states.txt"
            || Marks.ContainsKey(topLevelName);
}
