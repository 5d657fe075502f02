using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>Which release a host goes back to. Pure.</summary>
internal static class RollBackTarget
{
    /// <param name="releases">What was published for the host, newest first.</param>
    /// <param name="to">The number of the one that is wanted; null for the one before.</param>
    /// <returns>The one with that number, or the newest before the current one that says another thing; null when there is none.</returns>
    /// <remarks>
    /// Where the current one says what an older one said, the host went back to that one, and what came between was given up: a second
    /// rollback goes on from there, and only where nothing is older back to what was given up.
    /// </remarks>
    public static Release? Of(IReadOnlyList<Release> releases, ReleaseNumber? to = null)
    {
        if (to is not null)
        {
            return releases.FirstOrDefault(release => release.Number == to);
        }

        var other = Find(releases, 1, isSame: false);
        var returnedTo = other is { } given ? Find(releases, given + 1, isSame: true) : null;
        var older = returnedTo is { } from ? Find(releases, from + 1, isSame: false) : null;
        return (older ?? other) is { } index ? releases[index] : null;
    }

    /// <returns>The first at or behind an index that says what the current one says, or does not.</returns>
    private static int? Find(IReadOnlyList<Release> releases, int start, bool isSame)
    {
        for (var index = start; index < releases.Count; index++)
        {
            if (ReleaseIdentity.SaysTheSame(releases[index], releases[0]) == isSame)
            {
                return index;
            }
        }

        return null;
    }
}
