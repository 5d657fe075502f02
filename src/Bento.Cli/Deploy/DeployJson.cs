using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>What a deploy, a build or a forecast came to, as JSON (docs/guide/json.md).</summary>
internal static class DeployJson
{
    public static void Write(TextWriter writer, DeployReport report) => JsonOutput.Write(writer, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("success", report.IsSuccess);
        json.WriteStartArray("hosts");
        foreach (var host in report.Hosts)
        {
            Write(json, host);
        }

        json.WriteEndArray();
        JsonOutput.WriteProblems(json, report.Problems);
        JsonOutput.WriteTexts(json, "remarks", report.Remarks);
        if (report.Forecast is { } forecast)
        {
            JsonOutput.WriteTexts(json, "toBuild", forecast.ToBuild.Select(path => path.ToString()));
            JsonOutput.WriteTexts(json, "toFetch", forecast.ToFetch.Select(path => path.ToString()));
        }

        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, HostDeployment host)
    {
        json.WriteStartObject();
        json.WriteString("host", host.Host.ToString());
        json.WriteString("outcome", JsonNamingPolicy.KebabCaseLower.ConvertName(host.Outcome.ToString()));
        json.WriteString("system", host.System?.ToString());
        json.WriteString("release", host.Number?.ToString());
        json.WriteString("failure", host.Failure);
        json.WriteString("nextStep", host.NextStep);
        JsonOutput.WriteTexts(json, "logTail", host.LogTail);
        json.WriteEndObject();
    }
}
