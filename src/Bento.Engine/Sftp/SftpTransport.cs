using System.Diagnostics.CodeAnalysis;
using Bento.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bento.Sftp;

/// <summary>Areas on a server, over SFTP. A new connection for each session.</summary>
internal sealed class SftpTransport(IOptions<SftpOptions> options, TimeProvider timeProvider, ILogger<SftpTransport>? logger = null) : ITransport
{
    private readonly SftpOptions _options = options.Value;
    private readonly SftpClientFactory _factory = new(options.Value, timeProvider, logger);

    [SuppressMessage("Reliability", "CA2000", Justification = "The session owns the client.")]
    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = await _factory.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return new SftpTransportSession(new SftpConnection(client, _options, timeProvider), _options, timeProvider);
    }
}
