using System.Runtime.CompilerServices;
using Bento.Hosts;
using Renci.SshNet.Sftp;

namespace Bento.Sftp;

/// <summary>The entries of a directory that is known to be none behind a link. What the server says of an entry is about the entry itself, links included.</summary>
internal sealed class SftpListing(SftpConnection connection, string path, HostName? host)
{
    public async IAsyncEnumerable<ISftpFile> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var deadline = connection.Deadline(cancellationToken);
        var entries = connection.ListAsync(path, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var step = Task.FromResult(true);
        try
        {
            while (await connection.RunAsync(deadline, path, host, _ => step = entries.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false))
            {
                if (entries.Current.Name is not ("." or ".."))
                {
                    yield return entries.Current;
                }
            }
        }
        finally
        {
            SftpDisposal.Begin(entries, step);
        }
    }
}
