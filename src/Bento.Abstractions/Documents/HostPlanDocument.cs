using System.Text.Json.Serialization;
using Bento.Json;
using Bento.Publishing;

namespace Bento.Documents;

/// <summary>What a deploy would do for one host.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostPlanDocument
{
    /// <summary>The name.</summary>
    [JsonPropertyName("host")]
    public required HostName Host { get; init; }

    /// <summary>What would change.</summary>
    [JsonPropertyName("change")]
    [JsonConverter(typeof(WordJsonConverter<PlannedChange>))]
    public required PlannedChange Change { get; init; }

    /// <summary>The number of the release that the host has; null when it has none.</summary>
    [JsonPropertyName("release")]
    public string? Release { get; init; }

    /// <summary>The system of that release; null when there is none, or the host decides by itself.</summary>
    [JsonPropertyName("currentSystem")]
    public StorePath? CurrentSystem { get; init; }

    /// <summary>The system that the configuration describes; null when that is not known.</summary>
    [JsonPropertyName("system")]
    public StorePath? System { get; init; }

    /// <summary>Where the configuration comes from; null when it is in no git work tree.</summary>
    [JsonPropertyName("provenance")]
    public ProvenanceDocument? Provenance { get; init; }

    /// <summary>Why it would fail; null when it would not.</summary>
    [JsonPropertyName("failure")]
    public string? Failure { get; init; }

    /// <summary>The release that would be replaced and the one that would be published, as one word; null for no change.</summary>
    [JsonPropertyName("fingerprint")]
    public string? Fingerprint { get; init; }

    /// <summary>What differs between the two systems; null when they are the same or cannot be compared.</summary>
    [JsonPropertyName("difference")]
    public PackagesDocument? Difference { get; init; }

    /// <summary>The system that the host last said it runs; null when it never did.</summary>
    [JsonPropertyName("running")]
    public StorePath? Running { get; init; }

    /// <summary>What a host that gets its system whole would fetch, in bytes; null for others.</summary>
    [JsonPropertyName("fetchBytes")]
    public long? FetchBytes { get; init; }

    /// <summary>Whether only a boot would replace all that changes; null where that is not known.</summary>
    [JsonPropertyName("needsReboot")]
    public bool? NeedsReboot { get; init; }

    /// <summary>Whether the host reboots by itself where that is needed.</summary>
    [JsonPropertyName("rebootsItself")]
    public bool RebootsItself { get; init; }

    /// <summary>That the host keeps what it was given back; null when it does not.</summary>
    [JsonPropertyName("pin")]
    public PinDocument? Pin { get; init; }

    /// <summary>That the host is frozen; null when it is not.</summary>
    [JsonPropertyName("freeze")]
    public FreezeDocument? Freeze { get; init; }

    internal static HostPlanDocument Of(HostPlan host) => new()
    {
        Host = host.Host,
        Change = host.Change,
        Release = host.Current?.ToString(),
        CurrentSystem = host.CurrentSystem,
        System = host.System,
        Provenance = ProvenanceDocument.Of(host.Provenance),
        Failure = host.Failure?.Message,
        Fingerprint = host.Fingerprint,
        Difference = PackagesDocument.Of(host.Difference),
        Running = host.Running,
        FetchBytes = host.FetchBytes,
        NeedsReboot = host.NeedsReboot,
        RebootsItself = host.RebootsItself,
        Pin = PinDocument.Of(host.Pin),
        Freeze = FreezeDocument.Of(host.Freeze),
    };
}
