using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>A connection with requests on it. What goes wrong comes out as <see cref="TransportException"/> and as nothing else.</summary>
/// <param name="below">The connection below; belongs to this.</param>
/// <param name="files">The requests; belong to this.</param>
/// <param name="options">Where it leads.</param>
internal sealed class SftpConnection(IAsyncDisposable below, SftpRequests files, SftpOptions options) : IAsyncDisposable
{
    /// <summary>The requests. Each is on its way when it is called; <see cref="AnswerAsync{T}"/> waits for its answer.</summary>
    public SftpRequests Files => files;

    public string Server => $"{options.Host}:{options.Port}";

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Patience => options.OperationTimeout;

    /// <summary>Waits for an answer.</summary>
    /// <param name="request">The request that was sent.</param>
    /// <param name="path">What it is about.</param>
    /// <param name="host">Whose area that is in; null for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<T> AnswerAsync<T>(Task<T> request, string path, HostName? host, CancellationToken cancellationToken)
    {
        await AnswerAsync((Task)request, path, host, cancellationToken).ConfigureAwait(false);
        return await request.ConfigureAwait(false);
    }

    /// <inheritdoc cref="AnswerAsync{T}"/>
    public async Task AnswerAsync(Task request, string path, HostName? host, CancellationToken cancellationToken)
    {
        try
        {
            await request.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not TransportException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw await new SftpFailure(files, options).TranslateAsync(exception, path, host).ConfigureAwait(false);
        }
    }

    /// <summary>What stands where Bento expects something of its own.</summary>
    public TransportException Foreign(string path, string found, HostName? host) =>
        new(TransportFailure.Foreign, $"'{path}' on {Server} is {found}; Bento leaves it alone.")
        {
            Host = host,
            NextStep = "Look who put it there, then remove it.",
        };

    /// <summary>Nothing can be made where the areas should lie.</summary>
    public TransportException NoDirectory(Exception cause, HostName? host) =>
        new(TransportFailure.Other, $"There is no directory '{options.Directory}' on {options.Host}.", cause)
        {
            Host = host,
            NextStep = $"Create it on the server: {ShellCommand.Text("mkdir", "-p", options.Directory ?? string.Empty)}",
        };

    public async ValueTask DisposeAsync()
    {
        files.Dispose();
        await below.DisposeAsync().ConfigureAwait(false);
    }
}
