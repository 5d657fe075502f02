namespace Bento.Transport;

/// <summary>
/// Connecting to a server takes longer than two seconds, and goes on. Whoever wants to show it registers an <see cref="IProgress{T}"/> of
/// it as a service.
/// </summary>
/// <param name="Server">The server, with its port.</param>
/// <param name="Elapsed">How long it takes already.</param>
/// <remarks>Told after two seconds and then every ten, on whatever thread; to be handled quickly. Immutable.</remarks>
public sealed record ConnectionWait(string Server, TimeSpan Elapsed);
