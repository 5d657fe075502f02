using System.Text.Json;
using Bento.Hosts;

namespace Bento.Building.Errors;

/// <summary>
/// Reads lines of Nix's <c>internal-json</c> log. The numbers are <c>ActivityType</c> and <c>ResultType</c> of Nix's <c>logging.hh</c>;
/// the format is not promised to anyone, so what is not understood is passed over.
/// </summary>
internal static class NixLogLine
{
    private const string Prefix = "@nix ";
    private const int BuildsActivity = 104;
    private const int BuildActivity = 105;
    private const int BuildLogLine = 101;
    private const int Progress = 105;
    private const int ErrorLevel = 0;
    private const int WarningLevel = 1;

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line of standard error.</param>
    /// <returns>What it says; null when nothing that matters here.</returns>
    public static NixLogEntry? Read(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            // What Nix prints before its logger works, such as a refused argument.
            return line.StartsWith("error:", StringComparison.Ordinal) ? new NixLogEntry.ErrorReported(line) : null;
        }

        try
        {
            using var document = JsonDocument.Parse(line.AsMemory(Prefix.Length));
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException
            or InvalidOperationException
            or FormatException
            or KeyNotFoundException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static NixLogEntry? Read(JsonElement entry) => entry.GetProperty("action").GetString() switch
    {
        "start" => ReadStart(entry, entry.GetProperty("type").GetInt32()),
        "result" => ReadResult(entry, entry.GetProperty("type").GetInt32()),
        "stop" => new NixLogEntry.Stopped(Activity(entry)),
        "msg" => ReadMessage(entry.GetProperty("msg").GetString() ?? string.Empty, entry.GetProperty("level").GetInt32()),
        _ => null,
    };

    private static NixLogEntry? ReadMessage(string message, int level) => level switch
    {
        ErrorLevel => new NixLogEntry.ErrorReported(message),
        WarningLevel => new NixLogEntry.WarningReported(message),
        _ => null,
    };

    private static NixLogEntry? ReadStart(JsonElement entry, int type) => type switch
    {
        BuildsActivity => new NixLogEntry.CountingStarted(Activity(entry)),
        BuildActivity when StorePath.TryParse(Field(entry, 0).GetString(), out var derivation) =>
            new NixLogEntry.BuildStarted(Activity(entry), derivation),
        _ => null,
    };

    private static NixLogEntry? ReadResult(JsonElement entry, int type) => type switch
    {
        BuildLogLine => new NixLogEntry.LinePrinted(Activity(entry), Field(entry, 0).GetString() ?? string.Empty),
        Progress => new NixLogEntry.Counted(Activity(entry), new FleetEvent.BuildAdvanced
        {
            DoneCount = Field(entry, 0).GetInt64(),
            TotalCount = Field(entry, 1).GetInt64(),
            RunningCount = Field(entry, 2).GetInt64(),
            FailedCount = Field(entry, 3).GetInt64(),
        }),
        _ => null,
    };

    private static ulong Activity(JsonElement entry) => entry.GetProperty("id").GetUInt64();

    private static JsonElement Field(JsonElement entry, int index) => entry.GetProperty("fields")[index];
}
