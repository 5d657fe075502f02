namespace Bento.Transport;

/// <summary>
/// What a transport may be besides: it learns by itself that something changed in the areas, so that whoever watches a fleet looks at once.
/// Others are looked at once an interval.
/// </summary>
/// <remarks>Thread-safe. A transport that is <see cref="ILocalAreas"/> need not have it: its directory is watched.</remarks>
public interface IChangeSource
{
    /// <summary>Tells as soon as something may have changed, in any area.</summary>
    /// <param name="changed">Called on any thread, also without a reason; returns at once.</param>
    /// <returns>Ends it; dispose it. Null where it cannot tell now. Several may listen at a time.</returns>
    IDisposable? Listen(Action changed);
}
