using System.Text;
using System.Text.Json;
using Bento.Publishing;

namespace Bento.Cli.Rendering;

/// <summary>What a deploy, a build or a forecast came to, as JSON (docs/guide/json.md).</summary>
internal static class DeployJson
{
    public static void Write(TextWriter writer, DeployReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonOutput.Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("success", report.IsSuccess);
            json.WriteStartArray("hosts");
            foreach (var host in report.Hosts)
            {
                Write(json, host);
            }

            json.WriteEndArray();
            json.WriteStartArray("problems");
            foreach (var problem in report.Problems)
            {
                json.WriteStartObject();
                json.WriteString("path", problem.Path);
                json.WriteString("message", problem.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(json, "remarks", report.Remarks);
            if (report.Forecast is { } forecast)
            {
                Write(json, "toBuild", forecast.ToBuild.Select(path => path.ToString()));
                Write(json, "toFetch", forecast.ToFetch.Select(path => path.ToString()));
            }

            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, HostDeployment host)
    {
        json.WriteStartObject();
        json.WriteString("host", host.Host.ToString());
        json.WriteString("outcome", JsonNamingPolicy.KebabCaseLower.ConvertName(host.Outcome.ToString()));
        json.WriteString("system", host.System?.ToString());
        json.WriteString("release", host.Number?.ToString());
        json.WriteString("failure", host.Failure);
        json.WriteString("nextStep", host.NextStep);
        Write(json, "logTail", host.LogTail);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
