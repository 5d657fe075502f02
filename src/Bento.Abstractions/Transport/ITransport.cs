namespace Bento.Transport;

/// <summary>The way to the server that holds the areas. One server, one fleet.</summary>
/// <remarks>Thread-safe. Whoever writes a third one runs the contract tests of Bento.Testing against it.</remarks>
public interface ITransport
{
    /// <summary>Opens a new connection, and logs in where there is something to log in to.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection; dispose it.</returns>
    /// <exception cref="TransportException">The server cannot be reached, is not the pinned one, or refuses the login.</exception>
    Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken = default);
}
