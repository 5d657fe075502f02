using System.Text.Json;
using Bento.Building;
using Bento.Cli.Terminal;

namespace Bento.Cli.Diff;

/// <summary>The packages that differ between two systems as JSON (docs/guide/json.md).</summary>
internal static class PackageJson
{
    public static void Write(Utf8JsonWriter json, ClosureDifference? difference)
    {
        if (difference is null)
        {
            json.WriteNull("difference");
            return;
        }

        json.WriteStartObject("difference");
        json.WriteNumber("bytesBefore", difference.BytesBefore);
        json.WriteNumber("bytesAfter", difference.BytesAfter);
        json.WriteStartArray("packages");
        foreach (var package in difference.Packages)
        {
            json.WriteStartObject();
            json.WriteString("name", package.Name);
            json.WriteString("change", JsonNamingPolicy.KebabCaseLower.ConvertName(package.Kind.ToString()));
            JsonOutput.WriteTexts(json, "before", package.Before);
            JsonOutput.WriteTexts(json, "after", package.After);
            json.WriteNumber("bytesDelta", package.BytesDelta);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
