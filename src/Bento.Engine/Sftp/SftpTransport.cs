using Bento.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bento.Sftp;

/// <summary>Areas on a server, over SFTP. A new connection for each session.</summary>
internal sealed class SftpTransport(
    IOptions<SftpOptions> options, TimeProvider timeProvider, ILogger<SftpTransport>? logger = null) : ITransport
{
    private readonly SftpOptions _options = options.Value;
    private readonly SftpConnector _connector = new(options.Value, timeProvider, logger);

    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) =>
        new SftpTransportSession(await _connector.ConnectAsync(cancellationToken).ConfigureAwait(false), _options, timeProvider);
}
