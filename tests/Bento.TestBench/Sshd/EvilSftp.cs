using System.Buffers.Binary;
using System.Text;

namespace Bento.TestBench.Sshd;

/// <summary>
/// The server's end of SFTP, as evil as a mode says (<see cref="EvilModes"/>); else it answers as a server with one small file does. Runs
/// behind a real sshd in the probe, and over any pair of streams.
/// </summary>
public sealed class EvilSftp(string mode, Stream input, Stream output)
{
    public const string FileText = "hello";

    private readonly Func<EvilSftp, byte[], bool>? _evil = EvilModes.All[mode];
    private readonly HashSet<string> _read = [];

    /// <summary>Serves until the client ends, or the mode does.</summary>
    public void Run()
    {
        while (ReadPacket() is { } packet)
        {
            if (_evil?.Invoke(this, packet) is not true)
            {
                Answer(packet);
            }
        }
    }

    /// <summary>Answers as an honest server does.</summary>
    public void Answer(byte[] packet)
    {
        switch (packet[0])
        {
            case 1:
                Version(3, "posix-rename@openssh.com", "fsync@openssh.com", "statvfs@openssh.com");
                break;
            case 3 or 11:
                Send(102, IdOf(packet), Text($"{IdOf(packet)}"));
                break;
            case 5:
                Read(packet);
                break;
            case 7:
                Send(105, IdOf(packet), Attributes(
                    Path(packet) is "." or "content" or "logs" or "config" ? 0x41E8u : 0x81A0u, (ulong)FileText.Length));
                break;
            case 12:
                List(packet);
                break;
            case 200 when Encoding.UTF8.GetString(packet.AsSpan(9, 7)) == "statvfs":
                Send(201, IdOf(packet), [.. Enumerable.Repeat(Number64(1 << 20), 11).SelectMany(bytes => bytes)]);
                break;
            default:
                Status(packet, 0);
                break;
        }
    }

    public void Version(uint version, params string[] extensions) =>
        Raw([2, .. Number32(version), .. extensions.SelectMany(name => (byte[])[.. Text(name), .. Text("1")])]);

    public void Status(byte[] request, uint code, string text = "") =>
        Send(101, IdOf(request), [.. Number32(code), .. Text(text), .. Text("en")]);

    /// <summary>Sends a packet of a type with an id.</summary>
    public void Send(byte type, uint id, byte[] body) => Raw([type, .. Number32(id), .. body]);

    /// <summary>Sends a packet, its length before it.</summary>
    public void Raw(byte[] packet) => Bytes([.. Number32((uint)packet.Length), .. packet]);

    /// <summary>Sends bytes.</summary>
    public void Bytes(byte[] bytes)
    {
        output.Write(bytes);
        output.Flush();
    }

    /// <summary>Says nothing any more, and takes what arrives.</summary>
    public void BeSilent()
    {
        while (ReadPacket() is not null)
        {
        }
    }

    /// <summary>Ends the session.</summary>
    public void End() => input.Dispose();

    public static uint IdOf(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(1));

    public static byte[] Number32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    public static byte[] Number64(ulong value) => [.. Number32((uint)(value >> 32)), .. Number32((uint)value)];

    public static byte[] Text(string value) =>
        Encoding.UTF8.GetBytes(value) is var bytes ? [.. Number32((uint)bytes.Length), .. bytes] : [];

    public static byte[] Attributes(uint mode, ulong size) =>
        [.. Number32(0x1 | 0x4 | 0x8), .. Number64(size), .. Number32(mode), .. Number32(1), .. Number32(1_700_000_000)];

    /// <summary>An entry of a listing.</summary>
    public static byte[] Name(string name) => [.. Text(name), .. Text($"-rw-r----- 1 root root 5 {name}"), .. Attributes(0x81A0, 5)];

    private static string Path(byte[] packet) =>
        Encoding.UTF8.GetString(packet.AsSpan(9, (int)BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(5))));

    /// <summary>Where in the file a request to read begins.</summary>
    public static ulong OffsetOf(byte[] packet) =>
        BinaryPrimitives.ReadUInt64BigEndian(packet.AsSpan(9 + (int)BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(5))));

    private void Read(byte[] packet)
    {
        if (OffsetOf(packet) == 0)
        {
            Send(103, IdOf(packet), Text(FileText));
        }
        else
        {
            Status(packet, 1);
        }
    }

    private void List(byte[] packet)
    {
        if (_read.Add(Path(packet)))
        {
            Send(104, IdOf(packet), [.. Number32(2), .. Name("."), .. Name("a")]);
        }
        else
        {
            Status(packet, 1);
        }
    }

    private byte[]? ReadPacket()
    {
        try
        {
            var length = new byte[4];
            input.ReadExactly(length);
            var packet = new byte[BinaryPrimitives.ReadUInt32BigEndian(length)];
            input.ReadExactly(packet);
            return packet;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return null;
        }
    }
}
