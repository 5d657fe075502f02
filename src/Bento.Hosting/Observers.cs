namespace Bento.Hosting;

/// <summary>Tells somebody else's code what happens: whatever one of them throws, the next one is told, and the work goes on.</summary>
internal static class Observers
{
    public static void Tell<T>(this IEnumerable<IProgress<T>> observers, T value)
    {
        foreach (var observer in observers)
        {
            try
            {
                observer.Report(value);
            }
            catch (Exception)
            {
                // What it was told has happened all the same.
            }
        }
    }
}
