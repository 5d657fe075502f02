using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Diff;

/// <summary>What hosts run against what they should run, as JSON (docs/guide/json.md).</summary>
internal static class DifferenceJson
{
    public static void Write(TextWriter writer, IReadOnlyList<HostDifference> hosts) => JsonOutput.Write(writer, json =>
    {
        json.WriteStartArray();
        foreach (var host in hosts)
        {
            json.WriteStartObject();
            json.WriteString("host", host.Host.ToString());
            json.WriteString("running", host.Running?.ToString());
            json.WriteString("wanted", host.Wanted?.ToString());
            JsonOutput.WriteTexts(json, "missing", host.Missing.Select(path => path.ToString()));
            PackageJson.Write(json, host.Packages);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
