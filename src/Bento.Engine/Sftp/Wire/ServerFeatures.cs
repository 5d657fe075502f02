using System.Text;

namespace Bento.Sftp.Wire;

/// <summary>What a server says it can do, beside version 3 of the protocol.</summary>
internal sealed record ServerFeatures
{
    public const string PosixRename = "posix-rename@openssh.com";
    public const string Sync = "fsync@openssh.com";
    public const string FileSystem = "statvfs@openssh.com";
    private const uint Version = 3;

    public bool CanReplace { get; private init; }

    public bool CanSync { get; private init; }

    public bool KnowsFileSystem { get; private init; }

    /// <summary>Reads the answer to the first packet.</summary>
    /// <exception cref="SftpProtocolException">It is not one, or of another version.</exception>
    public static ServerFeatures Read(ReadOnlySpan<byte> packet)
    {
        var reader = new PacketReader(packet);
        if (reader.Byte() is var type && type != (byte)PacketType.Version)
        {
            throw new SftpProtocolException($"it begins with a packet of type {type}");
        }

        if (reader.UInt32() is var version && version != Version)
        {
            throw new SftpProtocolException($"it speaks version {version} of SFTP, and version {Version} is needed");
        }

        var features = new ServerFeatures();
        while (!reader.IsAtEnd)
        {
            var name = Encoding.UTF8.GetString(reader.Bytes());
            _ = reader.Bytes();
            features = name switch
            {
                PosixRename => features with { CanReplace = true },
                Sync => features with { CanSync = true },
                FileSystem => features with { KnowsFileSystem = true },
                _ => features,
            };
        }

        return features;
    }
}
