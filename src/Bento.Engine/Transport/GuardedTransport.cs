using Bento.Processes;

namespace Bento.Transport;

/// <summary>
/// A transport of somebody else: whatever it, its sessions and their areas throw is that the server could not be used, for the one call.
/// </summary>
internal sealed class GuardedTransport(ITransport inner) : ITransport, IPartGuard, ILocalAreas, IChangeSource
{
    public object Part => inner;

    public string Directory => TransportCall.Ask(
        inner,
        () => ((ILocalAreas)inner).Directory is { Length: > 0 } directory && Path.IsPathFullyQualified(directory)
            ? directory
            : throw new InvalidOperationException("Its directory is no full path."));

    /// <summary>Puts a guard around a transport, unless Bento brings it itself.</summary>
    public static ITransport Around(ITransport transport) =>
        transport.GetType().Assembly == typeof(GuardedTransport).Assembly ? transport : new GuardedTransport(transport);

    public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => TransportCall.AskAsync<ITransportSession>(
        inner,
        async () => new GuardedSession(
            ForeignPart.Given(await inner.ConnectAsync(cancellationToken).ConfigureAwait(false), "session")),
        cancellationToken);

    /// <summary>Who is not told looks at its interval.</summary>
    public IDisposable? Listen(Action changed)
    {
        try
        {
            return GuardedListening.Around(((IChangeSource)inner).Listen(changed));
        }
        catch (Exception)
        {
            return null;
        }
    }
}
