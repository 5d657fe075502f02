namespace Bento.Transport;

/// <summary>A file that is whole on the server and does not have its name yet.</summary>
/// <remarks>Disposing it removes what was not committed. For one caller at a time.</remarks>
public interface IStagedFile : IAsyncDisposable
{
    /// <summary>Gives it its name, in one step: a reader sees the old content or the new.</summary>
    /// <param name="cancellationToken">Gives up; the old content stays.</param>
    /// <returns>A task that ends when it has its name.</returns>
    /// <exception cref="TransportException">It could not be given its name.</exception>
    Task CommitAsync(CancellationToken cancellationToken = default);
}
