namespace Bento.Files;

/// <summary>The error numbers of Linux that Bento tells apart. They are the same on x64 and arm64.</summary>
internal enum Errno
{
    NotPermitted = 1,
    NoEntry = 2,
    Interrupted = 4,
    InputOutput = 5,
    NoDevice = 6,
    WouldBlock = 11,
    AccessDenied = 13,
    Exists = 17,
    CrossDevice = 18,
    NotDirectory = 20,
    IsDirectory = 21,
    Invalid = 22,
    NoSpace = 28,
    ReadOnly = 30,
    TooManyLinks = 31,
    Range = 34,
    NotImplemented = 38,
    NotEmpty = 39,
    Loop = 40,
    NotSupported = 95,
    QuotaExceeded = 122,
}
