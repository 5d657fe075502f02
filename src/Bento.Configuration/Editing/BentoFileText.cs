using System.Text;
using System.Text.Json;
using Bento.Configuration.Json;
using Bento.Configuration.Reading;
using Bento.Hosts;

namespace Bento.Configuration.Editing;

/// <summary>The text of a <c>bento.json</c>, as somebody wrote it and will go on writing it.</summary>
internal static class BentoFileText
{
    /// <summary>Changes the text. Who reads the file meanwhile reads the old one or the new one, and a link to it stays a link.</summary>
    /// <param name="bentoDirectory">The Bento directory.</param>
    /// <param name="edit">The change; throws <see cref="JsonException"/> or <see cref="FormatException"/> where it cannot be made.</param>
    /// <param name="byHand">What somebody must do who makes the change by hand.</param>
    /// <returns>Whether the text changed.</returns>
    /// <exception cref="InvalidFleetException">The file is missing, or cannot be changed.</exception>
    public static bool Edit(string bentoDirectory, Func<string, string> edit, string byHand)
    {
        var path = Path.Join(bentoDirectory, Settings.BentoFileName);
        if (!File.Exists(path))
        {
            throw new InvalidFleetException([new FleetProblem(Settings.BentoFileName, $"Not found in '{bentoDirectory}'.")
            {
                NextStep = new NextStep("Create one.") { Verb = NextStepVerb.CreateFleet },
            }]);
        }

        path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        try
        {
            var before = Encoding.UTF8.GetString(BoundedFile.Read(path));
            var after = edit(before);
            if (after == before)
            {
                return false;
            }

            Replace(path, after);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw Invalid($"Cannot be changed ({exception.Message}). Change it by hand: {byHand}.", exception);
        }
    }

    private static void Replace(string path, string text)
    {
        var next = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(next, text);
            File.SetUnixFileMode(next, File.GetUnixFileMode(path));
            File.Move(next, path, overwrite: true);
        }
        finally
        {
            File.Delete(next);
        }
    }

    private static InvalidFleetException Invalid(string message, Exception? cause = null) =>
        new([new FleetProblem(Settings.BentoFileName, message)], cause);
}
