using System.Text.Json.Serialization;
using Bento.Status;

namespace Bento.Documents;

/// <summary>The past of one host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostHistoryDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>What was published, newest first.</summary>
    [JsonPropertyName("releases")]
    public IReadOnlyList<PublishedReleaseDocument> Releases
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList<PublishedReleaseDocument>.Empty;

    /// <summary>What the host made of it, newest first.</summary>
    [JsonPropertyName("attempts")]
    public IReadOnlyList<AttemptDocument> Attempts { get; init => field = ValueList.Of(value); } = ValueList<AttemptDocument>.Empty;

    /// <summary>Why something of the host may be missing.</summary>
    [JsonPropertyName("problems")]
    public IReadOnlyList<string> Problems { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>The logs of bash bento, newest first.</summary>
    [JsonPropertyName("bashLogs")]
    public IReadOnlyList<BashLogDocument> BashLogs { get; init => field = ValueList.Of(value); } = ValueList<BashLogDocument>.Empty;

    internal static HostHistoryDocument Of(HostHistory history) => new()
    {
        Host = history.Host,
        Releases = [.. history.Record.Releases.Select(PublishedReleaseDocument.Of)],
        Attempts = [.. history.Record.Attempts.Select(AttemptDocument.Of)],
        Problems = history.Problems,
        BashLogs = [.. history.Record.BashLogs.Select(BashLogDocument.Of)],
    };
}
