using System.Text.Json;

namespace Bento.Telemetry;

/// <summary>How values are written for tools: as the JSON output of the program writes them.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
