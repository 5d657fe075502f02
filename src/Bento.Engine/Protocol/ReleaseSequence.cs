namespace Bento.Protocol;

/// <summary>The numbers of releases: which one is next, and how far ahead one may be. Pure.</summary>
internal static class ReleaseSequence
{
    /// <summary>
    /// No publisher makes this many releases: a number further ahead comes from a stolen key or a bug, and would make every later release
    /// look old.
    /// </summary>
    public const long MaxStep = 1_000_000;

    /// <summary>Whether a number may follow another one. An epoch begins at 1, whatever the sequence of the one before.</summary>
    public static bool IsNear(ReleaseNumber number, ReleaseNumber last) =>
        number.Sequence - (number.Epoch == last.Epoch ? last.Sequence : 0) <= MaxStep;

    /// <param name="epoch">The epoch that the publisher is in.</param>
    /// <param name="recorded">The newest number that the publisher recorded; null for none.</param>
    /// <param name="current">The number of the release in the area, which a key of the publisher signed; null for none.</param>
    /// <returns>The number of the next release; null when there is none.</returns>
    public static ReleaseNumber? Next(long epoch, ReleaseNumber? recorded, ReleaseNumber? current)
    {
        var last = recorded is { } r && (current is not { } c || r >= c) ? r : current;
        return last switch
        {
            null => new ReleaseNumber(epoch, 1),
            { } known when known.Epoch > epoch => null,
            { } known when known.Epoch < epoch => new ReleaseNumber(epoch, 1),
            { Sequence: long.MaxValue } => null,

            // A key that was stolen signed it: hosts that did not see it would refuse whatever follows.
            { } known when !IsNear(
                known, recorded is { } own && own.Epoch == epoch ? own : default(ReleaseNumber) with { Epoch = epoch }) => null,
            { } known => known with { Sequence = known.Sequence + 1 },
        };
    }
}
