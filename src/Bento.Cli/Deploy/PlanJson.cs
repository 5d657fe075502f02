using System.Text.Json;
using Bento.Cli.Diff;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>A plan as JSON (docs/guide/json.md): what <c>bento plan --json</c> writes and <c>bento deploy --plan</c> reads.</summary>
internal static class PlanJson
{
    public const int Schema = 1;

    public static void Write(TextWriter writer, DeployPlan plan) => JsonOutput.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        json.WriteStartArray("hosts");
        foreach (var host in plan.Hosts)
        {
            json.WriteStartObject();
            json.WriteString("host", host.Host.ToString());
            json.WriteString("change", JsonNamingPolicy.KebabCaseLower.ConvertName(host.Change.ToString()));
            json.WriteString("release", host.Current?.ToString());
            json.WriteString("currentSystem", host.CurrentSystem?.ToString());
            json.WriteString("system", host.System?.ToString());
            json.WriteString("failure", host.Failure);
            json.WriteString("fingerprint", host.Fingerprint);
            PackageJson.Write(json, host.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonOutput.WriteProblems(json, plan.Problems);
        JsonOutput.WriteTexts(json, "remarks", plan.Remarks);
        json.WriteEndObject();
    });
}
