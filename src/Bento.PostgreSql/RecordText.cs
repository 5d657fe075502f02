using System.Text.Json;
using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.PostgreSql;

/// <summary>A record as the text that lies in its row.</summary>
internal static class RecordText
{
    public static string Write(HostRecord record) => JsonSerializer.Serialize(record, RecordTextContext.Default.HostRecord);

    /// <exception cref="JsonException">It is not a record.</exception>
    public static HostRecord Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, RecordTextContext.Default.HostRecord) ?? throw new JsonException("The record is null.");

    /// <summary>How the last attempt of a host ended, for lists and counts.</summary>
    public static string LastOutcome(HostRecord record) => record.Attempts switch
    {
        [] => "None",
        [{ Result: { } result }, ..] => result.Outcome.ToString(),
        _ => "Running",
    };
}

/// <summary>Generated, as a native program needs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostRecord))]
internal sealed partial class RecordTextContext : JsonSerializerContext;
