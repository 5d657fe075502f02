using System.Runtime.ExceptionServices;

namespace Bento.Status;

/// <summary>How a look ended that was made for everybody who watches.</summary>
/// <param name="Number">Which one: later looks have higher numbers.</param>
/// <param name="Found">What it found; null when it failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
internal sealed record WatchedLook(long Number, FleetView? Found, Exception? Failure)
{
    /// <summary>What the look found; throws what it failed with.</summary>
    public FleetView View
    {
        get
        {
            if (Failure is not null)
            {
                ExceptionDispatchInfo.Throw(Failure);
            }

            return Found!;
        }
    }
}
