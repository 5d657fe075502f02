using System.Text;
using Bento.Configuration.Json;
using Bento.Protocol;

namespace Bento.Configuration.Editing;

/// <summary>The entries of hosts in a <c>bento.json</c>, as people wrote it and will go on writing it.</summary>
internal sealed class HostSettings(FleetSource source) : IHostSettings
{
    private const string Hosts = "hosts";

    public bool Add(HostName host, SshPublicKey key, IReadOnlyList<string> tags) =>
        BentoFileText.Edit(source.Directory, text =>
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

    public bool Remove(HostName host) =>
        BentoFileText.Edit(source.Directory, text => JsonEdit.Remove(text, [Hosts], host.ToString()), $"remove \"{host}\" from \"hosts\"");
}
