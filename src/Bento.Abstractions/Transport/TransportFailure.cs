namespace Bento.Transport;

/// <summary>Why a server could not be used.</summary>
public enum TransportFailure
{
    /// <summary>No connection, or it broke.</summary>
    Unreachable,

    /// <summary>The peer stopped answering.</summary>
    Stalled,

    /// <summary>The server shows another host key than the pinned ones; nothing was sent to it.</summary>
    HostKeyMismatch,

    /// <summary>The server refuses the login.</summary>
    LoginRefused,

    /// <summary>The server, or the file system, does not allow it.</summary>
    Denied,

    /// <summary>The disk or the quota is full.</summary>
    NoSpace,

    /// <summary>A file is longer than its reader allows.</summary>
    TooLarge,

    /// <summary>Something that is not a plain file stands where a file should be.</summary>
    Foreign,

    /// <summary>Anything else that the server or the file system said.</summary>
    Other,
}
