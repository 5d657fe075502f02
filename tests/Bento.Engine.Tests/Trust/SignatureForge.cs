using System.Security.Cryptography;
using System.Text;
using Bento.Trust;

namespace Bento.Engine.Tests.Trust;

/// <summary>Puts signatures together that ssh-keygen would not make.</summary>
internal static class SignatureForge
{
    public static byte[] Blob(
        byte[] key, byte[] signature, string space = "bento-release", string hash = "sha512", uint version = 1, string reserved = "") =>
        new SshWriter().Bytes("SSHSIG"u8)
            .UInt32(version)
            .String(key)
            .String(space)
            .String(reserved)
            .String(hash)
            .String(signature)
            .ToArray();

    public static byte[] Signed(byte[] message, string space = "bento-release", string hash = "sha512", string reserved = "") =>
        new SshWriter().Bytes("SSHSIG"u8)
            .String(space)
            .String(reserved)
            .String(hash)
            .String(hash == "sha512" ? SHA512.HashData(message) : SHA256.HashData(message))
            .ToArray();

    public static string Armor(byte[] blob)
    {
        var base64 = Convert.ToBase64String(blob);
        var text = new StringBuilder("-----BEGIN SSH SIGNATURE-----\n");
        foreach (var line in base64.Chunk(70))
        {
            _ = text.Append(line).Append('\n');
        }

        return text.Append("-----END SSH SIGNATURE-----\n").ToString();
    }

    /// <summary>The blob between the lines.</summary>
    public static byte[] Blob(string armor) => SshArmor.Read(armor);
}
