namespace Bento.Processes;

/// <summary>
/// Somebody else's code that hears what happens. It may fail, and what it was told has happened all the same: so it is told by this and
/// never asked directly, also from a timer, where what it throws would end the process.
/// </summary>
internal static class Observer
{
    public static void Tell<T>(this IProgress<T>? observer, T value)
    {
        try
        {
            observer?.Report(value);
        }
        catch (Exception)
        {
            // Nothing that Bento does depends on it.
        }
    }
}
