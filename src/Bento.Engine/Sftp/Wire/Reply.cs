using Bento.Processes;

namespace Bento.Sftp.Wire;

/// <summary>What a server answered to one request.</summary>
/// <param name="packet">The packet without its length: type, id, and what the type says.</param>
internal readonly struct Reply(byte[] packet)
{
    private const int MaxMessageLength = 300;
    private const int BodyOffset = 1 + sizeof(uint);

    public PacketType Type => (PacketType)packet[0];

    /// <summary>What stands behind type and id.</summary>
    public PacketReader Body => new(packet.AsSpan(BodyOffset));

    /// <summary>The bytes of <see cref="PacketType.Data"/>, where they lie.</summary>
    /// <exception cref="SftpProtocolException">They are not there.</exception>
    public ReadOnlyMemory<byte> Data()
    {
        var body = Body;
        return packet.AsMemory(BodyOffset + sizeof(uint), body.Bytes().Length);
    }

    /// <summary>The code of <see cref="PacketType.Status"/>; null for every other answer.</summary>
    public StatusCode? Code()
    {
        var body = Body;
        return Type == PacketType.Status ? (StatusCode)body.UInt32() : null;
    }

    /// <summary>The exception for an answer that is not the one that was asked for: the refusal that it is, or nonsense.</summary>
    public Exception Unexpected() => Code() switch
    {
        null => new SftpProtocolException($"a request was answered by a packet of type {(byte)Type}"),
        StatusCode.Ok => new SftpProtocolException("a request was called done, without the answer that it asks for"),
        { } code => new SftpStatusException(code, Message(code)),
    };

    /// <summary>What the server wrote, which is whatever it likes: one short line, without anything that a terminal obeys.</summary>
    private string Message(StatusCode code)
    {
        var body = Body;
        _ = body.UInt32();
        var message = body.IsAtEnd ? string.Empty : PlainText.OfLine(body.Text()).Trim();
        return message.Length switch
        {
            0 => $"status {(uint)code}",
            > MaxMessageLength => $"{message[..MaxMessageLength]}…",
            _ => message,
        };
    }
}
