namespace Bento.Sftp.Wire;

/// <summary>The server refused a request, in the words of the protocol.</summary>
/// <param name="code">Its code.</param>
/// <param name="message">What it wrote about it, cleaned of what a terminal would obey.</param>
internal sealed class SftpStatusException(StatusCode code, string message) : Exception(message)
{
    public StatusCode Code { get; } = code;
}
