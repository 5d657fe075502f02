using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bento.Hosts;
using Bento.Trust;

namespace Bento.Cli.Configuration;

/// <summary>The entries of hosts in a <c>bento.json</c>, as people wrote it and will go on writing it.</summary>
internal static class HostEntries
{
    private const string Hosts = "hosts";

    /// <summary>Gives a host a key and tags. Tags that it has already stay.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static bool Add(string bentoDirectory, HostName host, PublicKey key, IReadOnlyList<string> tags) => Edit(bentoDirectory, text =>
    {
        var entry = JsonObjectText.Find(Encoding.UTF8.GetBytes(text), Hosts, host.ToString());
        if (entry is null)
        {
            var list = tags.Count == 0 ? string.Empty : $$""", "tags": [{{string.Join(", ", tags.Select(Quote))}}]""";
            return JsonEdit.Add(text, [Hosts], host.ToString(), $$"""{ "publicKey": {{Quote(key.ToString())}}{{list}} }""");
        }

        var has = entry.Members.Select(member => member.Name).ToList();
        if (!has.Contains("publicKey", StringComparer.OrdinalIgnoreCase))
        {
            text = JsonEdit.Add(text, [Hosts, host.ToString()], "publicKey", Quote(key.ToString()));
        }

        return tags.Count > 0 && !has.Contains("tags", StringComparer.OrdinalIgnoreCase)
            ? JsonEdit.Add(text, [Hosts, host.ToString()], "tags", $"[{string.Join(", ", tags.Select(Quote))}]")
            : text;
    });

    /// <summary>Takes the entry of a host away.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static bool Remove(string bentoDirectory, HostName host) =>
        Edit(bentoDirectory, text => JsonEdit.Remove(text, [Hosts], host.ToString()));

    private static bool Edit(string bentoDirectory, Func<string, string> edit)
    {
        var path = Path.Join(bentoDirectory, Settings.BentoFileName);
        if (!File.Exists(path))
        {
            throw new InvalidFleetException([new FleetProblem(Settings.BentoFileName, $"There is none in '{bentoDirectory}' to write to. 'bento init' makes one.")]);
        }

        // A link stays a link.
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
        catch (JsonException exception)
        {
            throw new InvalidFleetException([new FleetProblem(Settings.BentoFileName, $"It cannot be changed: {exception.Message}")], exception);
        }
    }

    /// <summary>Who reads the file while it is replaced reads the old one or the new one.</summary>
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

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
