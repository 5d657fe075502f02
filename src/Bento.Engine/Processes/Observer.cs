namespace Bento.Processes;

/// <summary>
/// Somebody else's code that hears what happens. It may fail, and what it was told has happened all the same: so it is told by this and
/// never asked directly, also from a timer, where what it throws would end the process.
/// </summary>
internal static class Observer
{
    /// <param name="observer">Who is told; null for nobody.</param>
    /// <param name="value">What happened.</param>
    /// <param name="failed">Hears what the observer threw, where somebody shall know; null where nobody need.</param>
    public static void Tell<T>(this IProgress<T>? observer, T value, Action<Exception>? failed = null)
    {
        try
        {
            observer?.Report(value);
        }
        catch (Exception exception)
        {
            // Nothing that Bento does depends on it.
            failed?.Invoke(exception);
        }
    }
}
