using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Hosts;

/// <summary>The hosts of a fleet, for people and as JSON (docs/guide/json.md).</summary>
internal static class HostsRenderer
{
    private static readonly string[] Titles = ["HOST", "TAGS", "CONFIGURATION", "AREA", "KEY"];

    public static void Write(CliIo io, IReadOnlyList<HostEntry> hosts)
    {
        if (hosts.Count == 0)
        {
            io.Error.WriteLine("No hosts yet. To add one: bento host add");
            return;
        }

        TextTable.Write(io, Titles,
        [
            .. hosts.Select(host => (IReadOnlyList<TextCell>)
            [
                host.Name.ToString(),
                host.Tags.Count == 0 ? "-" : string.Join(",", host.Tags),
                host.HasConfiguration switch { true => "yes", false => "no", null => "not evaluated" },
                host.HasArea ? "yes" : "no",
                host.Key?.Fingerprint ?? "-",
            ]),
        ]);
    }

    public static void WriteJson(TextWriter writer, IReadOnlyList<HostEntry> hosts) => JsonOutput.Write(writer, json =>
    {
        json.WriteStartArray();
        foreach (var host in hosts)
        {
            json.WriteStartObject();
            json.WriteString("host", host.Name.ToString());
            JsonOutput.WriteTexts(json, "tags", host.Tags);
            json.WriteString("key", host.Key?.ToString());
            json.WriteString("fingerprint", host.Key?.Fingerprint);
            if (host.HasConfiguration is { } known)
            {
                json.WriteBoolean("configuration", known);
            }
            else
            {
                json.WriteNull("configuration");
            }

            json.WriteBoolean("area", host.HasArea);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
