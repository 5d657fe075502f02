using Bento.Hosts;

namespace Bento.Building;

/// <summary>The hosts that a Bento directory describes.</summary>
/// <param name="Hosts">The hosts, in ordinal order of their names.</param>
/// <param name="Problems">What kept a directory from being looked at, or cannot be the name of a host.</param>
/// <remarks>Immutable.</remarks>
public sealed record FleetInventory(IReadOnlyList<HostName> Hosts, IReadOnlyList<FleetProblem> Problems)
{
    /// <summary>The hosts, in ordinal order of their names.</summary>
    public IReadOnlyList<HostName> Hosts { get; init => field = ValueList.Of(value); } = ValueList.Of(Hosts);

    /// <summary>What kept a directory from being looked at, or cannot be the name of a host.</summary>
    public IReadOnlyList<FleetProblem> Problems { get; init => field = ValueList.Of(value); } = ValueList.Of(Problems);

    /// <summary>
    /// What directories below <c>hosts/</c> refer to that lies in the Bento directory and is not shipped with them, by its path in it, in
    /// ordinal order: what they should share.
    /// </summary>
    /// <value>Default: nothing.</value>
    public IReadOnlyList<string> Unshared { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;
}
