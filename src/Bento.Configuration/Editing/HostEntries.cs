using System.Text;
using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Configuration.Editing;

/// <summary>The entries of hosts in a <c>bento.json</c>, as people wrote it and will go on writing it.</summary>
internal static class HostEntries
{
    private const string Hosts = "hosts";

    /// <summary>Gives a host a key and tags. Tags that it has already stay.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static bool Add(string bentoDirectory, HostName host, SshPublicKey key, IReadOnlyList<string> tags) =>
        BentoFileText.Edit(bentoDirectory, text =>
        {
            var entry = JsonContainer.Find(Encoding.UTF8.GetBytes(text), Hosts, host.ToString());
            if (entry is null)
            {
                var list = tags.Count == 0 ? string.Empty : $$""", "tags": [{{string.Join(", ", tags.Select(JsonEdit.Quote))}}]""";
                return JsonEdit.Add(text, [Hosts], host.ToString(), $$"""{ "publicKey": {{JsonEdit.Quote(key.ToString())}}{{list}} }""");
            }

            var has = entry.Members.Select(member => member.Name).ToList();
            if (!has.Contains("publicKey", StringComparer.OrdinalIgnoreCase))
            {
                text = JsonEdit.Add(text, [Hosts, host.ToString()], "publicKey", JsonEdit.Quote(key.ToString()));
            }

            return tags.Count > 0 && !has.Contains("tags", StringComparer.OrdinalIgnoreCase)
                ? JsonEdit.Add(text, [Hosts, host.ToString()], "tags", $"[{string.Join(", ", tags.Select(JsonEdit.Quote))}]")
                : text;
        }, $"add \"{host}\" with its \"publicKey\" to \"hosts\"");

    /// <summary>Takes the entry of a host away.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidFleetException">The file cannot be changed.</exception>
    public static bool Remove(string bentoDirectory, HostName host) =>
        BentoFileText.Edit(bentoDirectory, text => JsonEdit.Remove(text, [Hosts], host.ToString()), $"remove \"{host}\" from \"hosts\"");
}
