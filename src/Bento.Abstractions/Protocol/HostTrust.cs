namespace Bento.Protocol;

/// <summary>Whose releases a host takes, as it says itself: public halves only, and no secret.</summary>
/// <param name="Keys">The fingerprints of the keys that it trusts; at most <see cref="MaxKeys"/>.</param>
/// <param name="Threshold">How many of them must have signed; 0 when the host takes releases that nobody signed.</param>
/// <remarks>Immutable. Two are equal when they name the same keys in the same order.</remarks>
public sealed record HostTrust(IReadOnlyList<KeyFingerprint> Keys, int Threshold)
{
    /// <summary>The fingerprints of the keys that it trusts; at most <see cref="MaxKeys"/>.</summary>
    public IReadOnlyList<KeyFingerprint> Keys { get; init => field = ValueList.Of(value); } = ValueList.Of(Keys);

    /// <summary>How many keys a host names at most. One that trusts more does not say which.</summary>
    public const int MaxKeys = 64;

    /// <inheritdoc/>
    public bool Equals(HostTrust? other) =>
        other is not null && Threshold == other.Threshold && Keys.SequenceEqual(other.Keys);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Threshold, Keys.Count, Keys is [var first, ..] ? first : default);
}
