using Microsoft.Extensions.Options;

namespace Bento.Transport;

/// <summary>Areas below a directory of this machine.</summary>
internal sealed class LocalDirectoryTransport(IOptions<LocalDirectoryOptions> options) : ITransport, ILocalAreas
{
    private readonly LocalDirectoryOptions _options = options.Value;

    public string Directory => _options.Directory;

    public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ITransportSession>(new LocalDirectorySession(_options.Directory, _options.Ownership));
    }
}
