namespace Bento.Protocol;

/// <summary>
/// The systems that a host went back from and does not switch to again, unless <see cref="HostPolicy.RetryRolledBack"/> says so.
/// </summary>
/// <param name="Systems">The systems, the one that was rejected last first; at most <see cref="MaxSystems"/>.</param>
/// <remarks>Immutable.</remarks>
public sealed record RejectedSystems(IReadOnlyList<StorePath> Systems)
{
    /// <summary>How many systems a host remembers; older ones are forgotten.</summary>
    public const int MaxSystems = 16;

    /// <summary>The systems, the one that was rejected last first; at most <see cref="MaxSystems"/>.</summary>
    public IReadOnlyList<StorePath> Systems { get; init => field = ValueList.Of(value); } = ValueList.Of(Systems);

    /// <summary>None at all.</summary>
    public static RejectedSystems None { get; } = new([]);

    /// <summary>Whether a system is one of them.</summary>
    /// <param name="system">The system.</param>
    public bool Contains(StorePath system) => Systems.Contains(system);
}
