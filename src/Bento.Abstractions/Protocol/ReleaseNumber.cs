namespace Bento.Protocol;

/// <summary>
/// The place of a release in the life of a host: it never falls. A new epoch, which an operator starts by hand on host and server, begins
/// at 1 again.
/// </summary>
/// <param name="Epoch">Zero unless a fleet had to recover from a lost or a stolen key.</param>
/// <param name="Sequence">From 1, one more with every release of the host.</param>
/// <remarks>Ordered by epoch, then by sequence. Neither part is negative.</remarks>
public readonly record struct ReleaseNumber(long Epoch, long Sequence) : IComparable<ReleaseNumber>
{
    /// <inheritdoc/>
    public int CompareTo(ReleaseNumber other) =>
        Epoch == other.Epoch ? Sequence.CompareTo(other.Sequence) : Epoch.CompareTo(other.Epoch);

    /// <summary>The number as people read it.</summary>
    /// <returns><c>7</c>, or <c>2.7</c> in epoch 2.</returns>
    public override string ToString() => Epoch == 0 ? $"{Sequence}" : $"{Epoch}.{Sequence}";

    /// <summary>Whether the left release came first.</summary>
    public static bool operator <(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left release came first or both are the same.</summary>
    public static bool operator <=(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left release came last.</summary>
    public static bool operator >(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left release came last or both are the same.</summary>
    public static bool operator >=(ReleaseNumber left, ReleaseNumber right) => left.CompareTo(right) >= 0;
}
