using Bento.Files;

namespace Bento.Transport;

/// <summary>Turns what the local file system says into what every transport says.</summary>
internal static class AreaFailure
{
    /// <summary>Whether an exception comes from the file system.</summary>
    public static bool IsFileFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static TransportException Translate(Exception exception, HostName? host) => exception switch
    {
        ForeignFileException => new(TransportFailure.Foreign, exception.Message, exception)
        {
            Host = host,
            NextStep = "Look who put it there, then remove it.",
        },
        FileTooLongException => new(TransportFailure.TooLarge, exception.Message, exception) { Host = host },
        SystemCallException { IsNoSpace: true } => new(TransportFailure.NoSpace, exception.Message, exception)
        {
            Host = host,
            NextStep = "Free space or raise the quota, then run the command again.",
        },
        SystemCallException { IsDenied: true } or UnauthorizedAccessException => new(TransportFailure.Denied, exception.Message, exception)
        {
            Host = host,
            NextStep = "Be the user whose areas these are, or root.",
        },
        _ => new(TransportFailure.Other, exception.Message, exception) { Host = host },
    };
}
