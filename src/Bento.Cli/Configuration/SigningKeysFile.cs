using System.Text;
using Bento.Hosts;

namespace Bento.Cli.Configuration;

/// <summary>Changes which keys bento.json names. The file is replaced as a whole; a link to it stays one.</summary>
internal static class SigningKeysFile
{
    private const string Variable = "BENTO_SIGNING__";

    /// <param name="io">The environment: where it names the keys, the file does not decide.</param>
    /// <param name="directory">The Bento directory.</param>
    /// <param name="path">The file of the key; written relative to the Bento directory where it lies in it.</param>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static void Add(CliIo io, string directory, string path) =>
        Change(io, directory, $"add \"{Shown(directory, path)}\" to signing.keys", text => SigningKeysEdit.Add(text, Shown(directory, path)));

    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static void Remove(CliIo io, string directory, int index, string path) =>
        Change(io, directory, $"remove \"{path}\" from signing.keys", text => SigningKeysEdit.Remove(text, index));

    public static string Shown(string directory, string path) =>
        Path.GetRelativePath(directory, path) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : path;

    private static void Change(CliIo io, string directory, string what, Func<string, string> edit)
    {
        if (io.Environment.Keys.FirstOrDefault(name => name.StartsWith(Variable, StringComparison.OrdinalIgnoreCase)) is { } variable)
        {
            throw new InvalidFleetException([new FleetProblem($"${variable}", $"The environment decides about signing, not bento.json: change it there: {what}.")]);
        }

        var file = Path.Join(directory, Settings.BentoFileName);
        try
        {
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            var edited = edit(File.ReadAllText(target));
            var temporary = target + ".new";
            File.WriteAllText(temporary, edited, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (exception is FormatException or FileNotFoundException)
        {
            throw new InvalidFleetException([new FleetProblem(Settings.BentoFileName, $"It could not be changed ({exception.Message}). Do it by hand: {what}.")], exception);
        }
    }
}
