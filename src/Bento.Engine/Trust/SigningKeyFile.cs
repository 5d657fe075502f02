using Bento.Files;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>Reads the public half of a key file, without the passphrase: an OpenSSH private key holds it in the clear.</summary>
internal static class SigningKeyFile
{
    private const int MaxBytes = 64 * 1024;
    private const UnixFileMode NotForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const string Begin = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private const string End = "-----END OPENSSH PRIVATE KEY-----";

    /// <exception cref="SigningException">There is no such file, it cannot be read, or it holds no key that agents verify.</exception>
    public static SshPublicKey ReadPublicKey(string path)
    {
        try
        {
            var key = Find(path);
            _ = VerificationKey.Read(key);
            return key;
        }
        catch (FormatException exception)
        {
            throw new SigningException($"The signing key '{path}' cannot be used: {exception.Message}", exception)
            {
                NextStep = $"Check it with: ssh-keygen -y -f {path}",
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"The signing key '{path}' cannot be read: {exception.Message}", exception)
            {
                NextStep = $"Be the user who owns it, or look at: ls -l {path}",
            };
        }
    }

    /// <summary>Whether ssh-keygen would take it.</summary>
    /// <exception cref="SigningException">As for <see cref="ReadPublicKey"/>; or it is a private key that others can read.</exception>
    public static void Check(string path)
    {
        _ = ReadPublicKey(path);
        if ((File.GetUnixFileMode(path) & NotForOthers) != 0 && !SshPublicKey.TryParse(Read(path), null, out _))
        {
            throw new SigningException($"The signing key '{path}' can be read by others, so ssh-keygen does not use it.")
            {
                NextStep = $"Run: chmod 600 {path}",
            };
        }
    }

    private static SshPublicKey Find(string path)
    {
        if (Read(path) is not { } text)
        {
            throw new SigningException($"There is no signing key '{path}'.")
            {
                NextStep = $"Put it back, name another one in signing.keys, or make one: ssh-keygen -t ed25519 -f {path}",
            };
        }

        if (text.StartsWith(Begin, StringComparison.Ordinal) && text.IndexOf(End, StringComparison.Ordinal) is > 0 and var end)
        {
            // A private key keeps its comment where only the passphrase opens it; the public half beside it says it too.
            var key = FromPrivateKey(Convert.FromBase64String(text[Begin.Length..end]));
            return SshPublicKey.TryParse(Read(path + ".pub"), null, out var beside) && beside == key ? beside : key;
        }

        // The older formats do not hold it where it could be read without the passphrase; ssh-keygen writes it beside them.
        return SshPublicKey.TryParse(text, null, out var found) || SshPublicKey.TryParse(Read(path + ".pub"), null, out found)
            ? found
            : throw new FormatException($"neither it nor '{path}.pub' holds a public key.");
    }

    /// <summary>OpenSSH PROTOCOL.key: what comes before the encrypted part.</summary>
    private static SshPublicKey FromPrivateKey(ReadOnlySpan<byte> bytes)
    {
        var reader = new SshReader(bytes);
        if (!reader.ReadBytes("openssh-key-v1\0"u8.Length).SequenceEqual("openssh-key-v1\0"u8))
        {
            throw new FormatException("it is not a private key of OpenSSH.");
        }

        _ = reader.ReadText();
        _ = reader.ReadText();
        _ = reader.ReadString();
        return reader.ReadUInt32() == 1 ? SshPublicKey.FromBytes(reader.ReadString()) : throw new FormatException("it holds several keys.");
    }

    // A key may be a link: into a directory of secrets, say.
    private static string? Read(string path) => GivenFile.ReadText(path, MaxBytes);
}
