using Bento.Transport;
namespace Bento.Sftp;
internal sealed class SftpTransport : ITransport { public Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken) => throw new NotSupportedException(); }
