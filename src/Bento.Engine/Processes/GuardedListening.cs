namespace Bento.Processes;

/// <summary>What ends that somebody else's part tells of changes: whatever it throws, nobody listens any more.</summary>
internal sealed class GuardedListening(IDisposable inner) : IDisposable
{
    public static IDisposable? Around(IDisposable? listening) => listening is null ? null : new GuardedListening(listening);

    public void Dispose()
    {
        try
        {
            inner.Dispose();
        }
        catch (Exception)
        {
            // Whoever goes has no use for it.
        }
    }
}
