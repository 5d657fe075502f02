using System.Net.Sockets;
using Bento.Hosts;
using Bento.Transport;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Bento.Sftp;

/// <summary>Turns what SSH.NET throws into what every transport says.</summary>
internal static class SftpFailure
{
    /// <summary>With less than this free, a failure that the server does not explain is a full disk.</summary>
    private const ulong AlmostFullBytes = 64 * 1024;

    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(5);

    public static bool IsExpected(Exception exception) =>
        exception is SshException or SocketException or IOException or OperationCanceledException or ObjectDisposedException or TimeoutException;

    public static TransportException Foreign(string server, string path, string found, HostName? host) =>
        new(TransportFailure.Foreign, $"'{path}' on {server} is {found}; Bento leaves it alone.") { Host = host, NextStep = "Look who put it there, then remove it." };

    public static async Task<TransportException> TranslateAsync(
        Exception exception, SftpClient client, string server, string path, HostName? host, SftpOptions options) => exception switch
        {
            OperationCanceledException or SshOperationTimeoutException or TimeoutException =>
                new(TransportFailure.Stalled, $"The server {server} did not answer within {options.OperationTimeout.TotalSeconds:0} s ('{path}').", exception) { Host = host },
            SftpPermissionDeniedException =>
                new(TransportFailure.Denied, $"The server {server} does not allow '{options.User}' to use '{path}'.", exception) { Host = host },
            SftpPathNotFoundException => new(TransportFailure.Other, $"There is no '{path}' on {server}.", exception) { Host = host },
            SftpException => await UnexplainedAsync(exception, client, server, path, host).ConfigureAwait(false),
            _ => new(TransportFailure.Unreachable, $"The connection to {server} broke at '{path}': {exception.Message}", exception) { Host = host },
        };

    /// <summary>A full disk, a quota, an existing target: SFTP calls all of them "Failure". The file system says how full it is.</summary>
    private static async Task<TransportException> UnexplainedAsync(Exception exception, SftpClient client, string server, string path, HostName? host)
    {
        try
        {
            var directory = path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "/";
            var disk = await client.GetStatusAsync(directory, CancellationToken.None).WaitAsync(QuestionTimeout, TimeProvider.System).ConfigureAwait(false);
            if (disk.AvailableBlocks * disk.BlockSize < AlmostFullBytes || (disk.TotalNodes > 0 && disk.AvailableNodes == 0))
            {
                return new(
                    TransportFailure.NoSpace,
                    $"The disk of {server} is full at '{path}': {disk.AvailableBlocks * disk.BlockSize} bytes and {disk.AvailableNodes} files are free.",
                    exception)
                {
                    Host = host,
                    NextStep = "Free space or raise the quota on the server.",
                };
            }
        }
        catch (Exception question) when (IsExpected(question))
        {
            // No answer explains no more than before.
        }

        return new(TransportFailure.Other, $"The server {server} failed at '{path}': {exception.Message}", exception) { Host = host };
    }
}
