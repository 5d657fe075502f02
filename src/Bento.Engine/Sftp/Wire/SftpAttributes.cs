namespace Bento.Sftp.Wire;

/// <summary>What a server says about a file. Nothing of it is proven.</summary>
/// <param name="Size">Its length in bytes; zero when the server does not say.</param>
/// <param name="Mode">Type and permission bits as in stat(2); zero when the server does not say.</param>
/// <param name="Modified">When its content changed, in seconds since 1970.</param>
internal readonly record struct SftpAttributes(ulong Size, uint Mode, uint Modified)
{
    private const uint HasSize = 0x1;
    private const uint HasOwner = 0x2;
    private const uint HasMode = 0x4;
    private const uint HasTimes = 0x8;
    private const uint HasExtensions = 0x8000_0000;
    private const uint TypeBits = 0xF000;

    public bool IsRegularFile => (Mode & TypeBits) == 0x8000;

    public bool IsDirectory => (Mode & TypeBits) == 0x4000;

    public bool IsLink => (Mode & TypeBits) == 0xA000;

    public UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    /// <summary>The length as a number that .NET counts files in.</summary>
    public long Length => (long)ulong.Min(Size, long.MaxValue);

    public DateTimeOffset ModifiedAt => DateTimeOffset.FromUnixTimeSeconds(Modified);

    /// <summary>What stands there, for a message.</summary>
    public string Description => this switch
    {
        { IsLink: true } => "a symbolic link",
        { IsDirectory: true } => "a directory",
        { IsRegularFile: true } => "a file",
        _ => "a pipe, a socket or a device",
    };

    /// <exception cref="SftpProtocolException">The bytes are not attributes.</exception>
    public static SftpAttributes Read(ref PacketReader reader)
    {
        var flags = reader.UInt32();
        var size = (flags & HasSize) != 0 ? reader.UInt64() : 0;
        if ((flags & HasOwner) != 0)
        {
            _ = reader.UInt64();
        }

        var mode = (flags & HasMode) != 0 ? reader.UInt32() : 0;
        var modified = 0u;
        if ((flags & HasTimes) != 0)
        {
            _ = reader.UInt32();
            modified = reader.UInt32();
        }

        for (var left = (flags & HasExtensions) != 0 ? reader.UInt32() : 0; left > 0; left--)
        {
            // Each takes at least the eight bytes of its two lengths: a count that the packet cannot hold ends here.
            _ = reader.Bytes();
            _ = reader.Bytes();
        }

        return new SftpAttributes(size, mode, modified);
    }

    /// <summary>Attributes that say nothing but a mode, as a request carries them.</summary>
    public static void WriteMode(PacketWriter writer, UnixFileMode mode) => writer.UInt32(HasMode).UInt32((uint)mode);

    /// <summary>Attributes that leave everything to the server.</summary>
    public static void WriteNothing(PacketWriter writer) => writer.UInt32(0);
}
