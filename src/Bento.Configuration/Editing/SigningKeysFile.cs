using Bento.Configuration.Json;
using Bento.Hosts;

namespace Bento.Configuration.Editing;

/// <summary>Changes which keys bento.json names. The file is replaced as a whole; a link to it stays one.</summary>
internal static class SigningKeysFile
{
    private const string Variable = "BENTO_SIGNING__";
    private static readonly string[] List = ["signing", "keys"];

    /// <param name="environment">The environment: where it names the keys, the file does not decide.</param>
    /// <param name="directory">The Bento directory.</param>
    /// <param name="path">The file of the key; written relative to the Bento directory where it lies in it.</param>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static void Add(IReadOnlyDictionary<string, string> environment, string directory, string path) =>
        Change(
            environment,
            directory,
            $"add \"{Shown(directory, path)}\" to signing.keys",
            text => JsonEdit.Append(text, List, JsonEdit.Quote(Shown(directory, path))));

    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static void Remove(IReadOnlyDictionary<string, string> environment, string directory, int index, string path) =>
        Change(environment, directory, $"remove \"{path}\" from signing.keys", text => JsonEdit.RemoveAt(text, List, index));

    public static string Shown(string directory, string path) =>
        Path.GetRelativePath(directory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    /// <summary>Looks whether the file could be changed, before something is made that it must name.</summary>
    /// <exception cref="InvalidFleetException">It cannot.</exception>
    public static void RequireChangeable(IReadOnlyDictionary<string, string> environment, string directory) =>
        Change(environment, directory, "name the key in signing.keys", text => text);

    private static void Change(IReadOnlyDictionary<string, string> environment, string directory, string what, Func<string, string> edit)
    {
        if (environment.Keys.FirstOrDefault(name => name.StartsWith(Variable, StringComparison.OrdinalIgnoreCase)) is { } variable)
        {
            throw new InvalidFleetException([new FleetProblem(
                $"${variable}", $"This environment variable sets the signing keys, not bento.json. Change it there: {what}.")]);
        }

        _ = BentoFileText.Edit(directory, edit, what);
    }
}
