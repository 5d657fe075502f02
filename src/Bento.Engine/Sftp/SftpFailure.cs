using Bento.Processes;
using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>Turns whatever ended a request into what every transport says.</summary>
internal sealed class SftpFailure(SftpRequests files, SftpOptions options)
{
    /// <summary>With less than this free, a failure that the server does not explain is a full disk.</summary>
    private const ulong AlmostFullBytes = 64 * 1024;

    private const int MaxTextLength = 300;

    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);

    private string Server => $"{options.Host}:{options.Port}";

    /// <summary>
    /// What a package says went wrong, which may be what the peer told it: one short line, without anything that a terminal obeys.
    /// </summary>
    public static string Text(Exception exception)
    {
        var text = PlainText.OfLine(exception.Message).Trim();
        return text.Length > MaxTextLength ? $"{text[..MaxTextLength]}…" : text;
    }

    public async Task<TransportException> TranslateAsync(Exception exception, string path, HostName? host) => exception switch
    {
        TransportException known => known,
        TimeoutException or OperationCanceledException =>
            new(
                TransportFailure.Stalled,
                $"The server {Server} did not answer within {options.OperationTimeout.TotalSeconds:0} s ('{path}').",
                exception)
            { Host = host },
        SftpStatusException { Code: StatusCode.PermissionDenied } =>
            new(TransportFailure.Denied, $"The server {Server} does not allow '{options.User}' to use '{path}'.", exception)
            {
                Host = host,
            },
        SftpStatusException { Code: StatusCode.NoSuchFile } =>
            new(TransportFailure.Other, $"There is no '{path}' on {Server}.", exception) { Host = host },
        SftpStatusException { Code: StatusCode.Unsupported } =>
            new(TransportFailure.Other, $"The server {Server} cannot do what '{path}' needs: {Text(exception)}", exception)
            {
                Host = host,
                NextStep = "Bento needs what OpenSSH's SFTP server does, posix-rename@openssh.com among it.",
            },
        SftpStatusException => await UnexplainedAsync(exception, path, host).ConfigureAwait(false),
        SftpProtocolException => new(
            TransportFailure.Other, $"The server {Server} does not speak SFTP as Bento knows it: {Text(exception)} ('{path}').", exception)
        {
            Host = host,
            NextStep = "Bento needs version 3 of SFTP, as OpenSSH speaks it.",
        },
        _ => new(TransportFailure.Unreachable, $"The connection to {Server} broke at '{path}': {Text(exception)}", exception)
        {
            Host = host,
        },
    };

    /// <summary>
    /// A full disk, a quota, a name that is taken: SFTP calls all of them "Failure". The file system says how full it is.
    /// </summary>
    private async Task<TransportException> UnexplainedAsync(Exception exception, string path, HostName? host)
    {
        try
        {
            var directory = path.LastIndexOf('/') switch { > 0 and var slash => path[..slash], 0 => "/", _ => "." };
            var disk = await files.FileSystemAsync(directory).WaitAsync(QuestionTimeout, TimeProvider.System).ConfigureAwait(false);
            if (disk.AvailableBytes < AlmostFullBytes || (disk.Nodes > 0 && disk.AvailableNodes == 0))
            {
                return new(
                    TransportFailure.NoSpace,
                    $"The disk of {Server} is full at '{path}': {disk.AvailableBytes} bytes and {disk.AvailableNodes} files are free.",
                    exception)
                {
                    Host = host,
                    NextStep = "Free space or raise the quota on the server.",
                };
            }
        }
        catch (Exception)
        {
            // Without an answer, whatever the reason is, no more is known than before.
        }

        return new(TransportFailure.Other, $"The server {Server} failed at '{path}': {Text(exception)}", exception) { Host = host };
    }
}
