namespace Bento.Sftp.Wire;

/// <summary>How a server says that a request ended.</summary>
internal enum StatusCode
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,

    /// <summary>Everything that the protocol has no word for: a full disk, a quota, a name that is taken.</summary>
    Failure = 4,
    BadMessage = 5,
    NoConnection = 6,
    ConnectionLost = 7,
    Unsupported = 8,
}
