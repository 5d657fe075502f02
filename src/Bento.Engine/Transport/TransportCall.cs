using System.Runtime.ExceptionServices;
using Bento.Processes;

namespace Bento.Transport;

/// <summary>A call of a transport of somebody else, of one of its sessions or of one of their areas.</summary>
internal static class TransportCall
{
    /// <param name="part">Whose call it is.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="cancellationToken">The token of the call.</param>
    /// <exception cref="TransportException">The part threw what its contract does not name.</exception>
    public static Task<T> AskAsync<T>(object part, Func<Task<T>> call, CancellationToken cancellationToken) => ForeignPart.AskAsync(
        part, call, (reason, exception) => throw Failed(reason, exception), cancellationToken);

    /// <inheritdoc cref="AskAsync{T}"/>
    public static Task AskAsync(object part, Func<Task> call, CancellationToken cancellationToken) =>
        ForeignPart.AskAsync(part, call, Failed, cancellationToken);

    /// <summary>The same for what is asked without waiting.</summary>
    public static T Ask<T>(object part, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is not BentoException)
        {
            throw Failed(ForeignPart.Reason(part, exception), exception);
        }
    }

    /// <summary>Lets go of something of somebody else: what it says about that is no failure of what was done before.</summary>
    public static async ValueTask DisposeAsync(IAsyncDisposable part)
    {
        try
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsEndOfProcess(exception))
        {
            // Whatever was asked of it has been answered.
        }
    }

    private static TransportException Failed(string reason, Exception exception)
    {
        if (IsEndOfProcess(exception))
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        return new TransportException(TransportFailure.Other, reason, exception);
    }

    /// <summary>Where Bento.Testing ends the process that it simulates, no server has failed, and nobody may go on from it.</summary>
    private static bool IsEndOfProcess(Exception exception) => exception.GetType().FullName == "Bento.Testing.Fleet.PowerCutException";
}
