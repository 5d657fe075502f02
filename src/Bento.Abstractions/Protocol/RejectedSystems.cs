namespace Bento.Protocol;

/// <summary>
/// The systems that a host went back from and does not switch to again, unless <see cref="HostPolicy.RetryRolledBack"/> says so.
/// </summary>
/// <param name="Systems">The systems, the one that was rejected last first; at most <see cref="MaxSystems"/>.</param>
/// <remarks>Immutable. Two are equal when they name the same systems in the same order.</remarks>
public sealed record RejectedSystems(IReadOnlyList<StorePath> Systems)
{
    /// <summary>How many systems a host remembers; older ones are forgotten.</summary>
    public const int MaxSystems = 16;

    /// <summary>None at all.</summary>
    public static RejectedSystems None { get; } = new([]);

    /// <summary>Whether a system is one of them.</summary>
    /// <param name="system">The system.</param>
    public bool Contains(StorePath system) => Systems.Contains(system);

    /// <inheritdoc/>
    public bool Equals(RejectedSystems? other) => other is not null && Systems.SequenceEqual(other.Systems);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Systems.Count, Systems is [var first, ..] ? first : default);
}
