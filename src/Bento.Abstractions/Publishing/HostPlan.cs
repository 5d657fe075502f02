using Bento.Building;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>What a deploy would do for one host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Change">What would change.</param>
/// <remarks>Immutable.</remarks>
public sealed record HostPlan(HostName Host, PlannedChange Change)
{
    /// <summary>The number of the current release; null when there is none.</summary>
    public ReleaseNumber? Current { get; init; }

    /// <summary>The system of the current release; null when there is none, or the host decides by itself.</summary>
    public StorePath? CurrentSystem { get; init; }

    /// <summary>The system that the configuration describes; null when it is not known.</summary>
    public StorePath? System { get; init; }

    /// <summary>Where the configuration comes from; null when that is not known.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>
    /// The system that the host last said it runs; null when it never did. Where it is neither of the two, the host has updated itself, or
    /// was switched by somebody, and the release takes it away from there.
    /// </summary>
    public StorePath? Running { get; init; }

    /// <summary>
    /// What differs between the two systems; null when they are the same, or one of them is not in the store of this machine.
    /// </summary>
    public ClosureDifference? Difference { get; init; }

    /// <summary>
    /// What a host that gets its system whole would fetch, when it has what its release says; null for one that builds, and where that
    /// cannot be told.
    /// </summary>
    public long? FetchBytes { get; init; }

    /// <summary>That the host keeps what it was given back, whatever the configuration says; null when it does not.</summary>
    public ReleasePin? Pin { get; init; }

    /// <summary>That the host is frozen, and takes what is published only when that is over; null when it is not.</summary>
    public HostFreeze? Freeze { get; init; }

    /// <summary>
    /// Whether the new system has another kernel, other kernel modules or another initrd than the one of the current release, which only a
    /// boot replaces; null where that is not known, because one of them is not on this machine.
    /// </summary>
    public bool? NeedsReboot { get; init; }

    /// <summary>
    /// Whether the host reboots by itself where that is needed: <see cref="HostPolicy.Reboot"/> of what would be published.
    /// </summary>
    public bool RebootsItself { get; init; }

    /// <summary>Why it failed; null unless <see cref="Change"/> is <see cref="PlannedChange.Failed"/>.</summary>
    public Failure? Failure { get; init; }

    /// <summary>What would be published and what it would replace, as one word to compare; null where nothing would be published.</summary>
    /// <value>The id of the current release or <c>none</c>, a colon, and the id that the new one would have if it had no number.</value>
    public string? Fingerprint { get; init; }
}
