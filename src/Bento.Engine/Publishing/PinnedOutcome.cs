using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>What came of publishing a release that was kept.</summary>
internal abstract record PinnedOutcome
{
    private PinnedOutcome()
    {
    }

    /// <summary>It is current now, or was already: whoever published it was killed before saying so.</summary>
    internal sealed record Published(Release Release) : PinnedOutcome;

    /// <summary>Something else was published since it was planned, and stays.</summary>
    internal sealed record Replaced(ReleaseNumber? By) : PinnedOutcome;

    /// <summary>It could not be published.</summary>
    internal sealed record Failed(string Reason) : PinnedOutcome;
}
