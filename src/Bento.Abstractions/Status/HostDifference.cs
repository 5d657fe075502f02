using Bento.Building;

namespace Bento.Status;

/// <summary>What differs between the system that a host runs and the one that it should run.</summary>
/// <remarks>Immutable.</remarks>
public sealed record HostDifference
{
    /// <summary>The host.</summary>
    public required HostName Host { get; init; }

    /// <summary>What it says it runs; null when it never said.</summary>
    public required StorePath? Running { get; init; }

    /// <summary>What its release expects; null when there is none, or the host decides by itself.</summary>
    public required StorePath? Wanted { get; init; }

    /// <summary>The packages that differ; null when one of the systems is not known or not in the store of this machine.</summary>
    public ClosureDifference? Packages { get; init; }

    /// <summary>The systems that cannot be compared, because the store of this machine does not have them.</summary>
    public IReadOnlyList<StorePath> Missing { get; init => field = ValueList.Of(value); } = ValueList<StorePath>.Empty;

    /// <summary>Whether the host runs what it should.</summary>
    public bool IsSame => Running is not null && Running == Wanted;
}
