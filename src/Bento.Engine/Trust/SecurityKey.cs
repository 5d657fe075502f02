using System.Security.Cryptography;
using System.Text;

namespace Bento.Trust;

/// <summary>
/// sk-ssh-ed25519@openssh.com (OpenSSH PROTOCOL.u2f): a key in a FIDO token. Only a signature that somebody was present for counts.
/// </summary>
internal sealed class SecurityKey : VerificationKey
{
    public const string Type = "sk-ssh-ed25519@openssh.com";

    private const byte UserPresent = 0x01;

    private readonly Ed25519Key _key;
    private readonly byte[] _application;

    private SecurityKey(Ed25519Key key, byte[] application)
    {
        _key = key;
        _application = application;
    }

    /// <exception cref="FormatException">There is no point of the curve, or no application.</exception>
    public static SecurityKey Read(ref SshReader reader)
    {
        var key = Ed25519Key.Read(ref reader);
        return new SecurityKey(key, Encoding.ASCII.GetBytes(reader.ReadText()));
    }

    public override bool IsValid(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var reader = new SshReader(signature);
        var isOurs = reader.ReadText() == Type;
        var bytes = reader.ReadString();
        var flags = reader.ReadByte();
        var counter = reader.ReadUInt32();
        reader.End();

        var signed = new SshWriter().Bytes(SHA256.HashData(_application))
            .Bytes([flags])
            .UInt32(counter)
            .Bytes(SHA256.HashData(data))
            .ToArray();
        return isOurs && (flags & UserPresent) != 0 && _key.Fits(signed, bytes);
    }
}
