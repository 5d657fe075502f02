namespace Bento.Diagnostics;

/// <summary>Tells a private key by how it begins: PEM and OpenSSH, age, PuTTY.</summary>
internal static class PrivateKeyText
{
    /// <summary>A key of age has comments before it.</summary>
    private const int LookedAt = 4096;

    private static readonly byte[][] Beginnings =
    [
        "-----BEGIN PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN OPENSSH PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN RSA PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN EC PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN DSA PRIVATE KEY-----"u8.ToArray(),
        "-----BEGIN PGP PRIVATE KEY BLOCK-----"u8.ToArray(),
        "AGE-SECRET-KEY-1"u8.ToArray(),
        "PuTTY-User-Key-File-"u8.ToArray(),
    ];

    /// <summary>Whether a line at the beginning of a file is the first of a private key.</summary>
    public static bool IsIn(string path)
    {
        Span<byte> bytes = stackalloc byte[LookedAt];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var text = bytes[..file.ReadAtLeast(bytes, LookedAt, throwOnEndOfStream: false)];
        foreach (var beginning in Beginnings)
        {
            var at = text.IndexOf(beginning);
            if (at == 0 || (at > 0 && text[at - 1] == '\n'))
            {
                return true;
            }
        }

        return false;
    }
}
