using System.Diagnostics;
using System.Runtime.CompilerServices;
using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>The entries of a directory. What the server says of an entry is about the entry itself, links included.</summary>
internal sealed class SftpListing(SftpConnection connection, string path, HostName? host)
{
    /// <summary>Asked for at once: the second answer of most directories is that there is no more.</summary>
    private const int Ahead = 2;

    /// <summary>No directory of Bento comes near it; a server that lists names without end does, in whatever portions.</summary>
    private const int MaxEntries = 200_000;
    private const int MaxAnswers = 10_000;

    /// <summary>How many answers may name fewer than <see cref="CrumbNames"/>: each is in time, and all of them take for ever.</summary>
    private const int MaxCrumbs = 64;
    private const int CrumbNames = 4;

    /// <summary>How long its answers may take together, in times of one.</summary>
    private const int MaxTimes = 10;

    /// <summary>Opens the directory; whoever wants to know first whether it is one asks in between.</summary>
    private readonly Task<byte[]> _opening = connection.Files.OpenDirectoryAsync(path);

    /// <returns>The entries without <c>.</c> and <c>..</c>; none when there is no such directory.</returns>
    public async IAsyncEnumerable<NamedFile> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken).ConfigureAwait(false) is not { } handle)
        {
            yield break;
        }

        try
        {
            var answers = new Queue<Task<IReadOnlyList<NamedFile>?>>();
            var (count, crumbs, waited) = (0, 0, TimeSpan.Zero);
            for (var number = 0; number < MaxAnswers; number++)
            {
                while (answers.Count < Ahead)
                {
                    answers.Enqueue(connection.Files.ReadDirectoryAsync(handle));
                }

                var began = Stopwatch.GetTimestamp();
                if (await connection.AnswerAsync(answers.Dequeue(), path, host, cancellationToken).ConfigureAwait(false) is not { } entries)
                {
                    yield break;
                }

                waited += Stopwatch.GetElapsedTime(began);

                if ((entries.Count < CrumbNames && ++crumbs > MaxCrumbs) || waited > connection.Patience * MaxTimes)
                {
                    throw new TransportException(TransportFailure.Stalled, $"The server {connection.Server} lists '{path}' in crumbs.")
                    {
                        Host = host,
                    };
                }

                foreach (var entry in entries.Where(entry => entry.Name is not ("." or "..")))
                {
                    yield return ++count <= MaxEntries ? entry : throw TooLarge();
                }
            }

            throw TooLarge();
        }
        finally
        {
            // Nobody waits for the answer to this.
            _ = connection.Files.CloseAsync(handle);
        }
    }

    private TransportException TooLarge() =>
        new(TransportFailure.TooLarge, $"The server {connection.Server} lists more than {MaxEntries} entries of '{path}'.") { Host = host };

    private async Task<byte[]?> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connection.AnswerAsync(_opening, path, host, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.InnerException is SftpStatusException { Code: StatusCode.NoSuchFile })
        {
            return null;
        }
    }
}
