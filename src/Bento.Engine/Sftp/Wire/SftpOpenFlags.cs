namespace Bento.Sftp.Wire;

/// <summary>How a file is opened.</summary>
[Flags]
internal enum SftpOpenFlags
{
    None = 0,
    Read = 0x01,
    Write = 0x02,
    Create = 0x08,

    /// <summary>With <see cref="Create"/>: the name must be free.</summary>
    Exclusive = 0x20,
}
