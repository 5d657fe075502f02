using Bento.Files;
using Bento.Protocol;

namespace Bento.Sftp;

/// <summary>A key of a server that was taken at first contact: on disk, until somebody pins it.</summary>
internal sealed class AcceptedHostKey(string path)
{
    private const int MaxBytes = 32 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>The line of the key; null when none was taken.</returns>
    /// <exception cref="IOException">The file cannot be read, or holds no key: then no server is trusted.</exception>
    public string? Read() => PlainFile.ReadAll(path, MaxBytes) is { } bytes
        ? SshPublicKey.TryParse(System.Text.Encoding.UTF8.GetString(bytes), null, out var key)
            ? key.ToString()
            : throw new IOException($"'{path}' does not hold a public key.")
        : null;

    /// <summary>Forgets the key: what somebody pinned counts, also after the pin is taken away again.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public void Forget() => _ = DurableFile.Delete(path);

    /// <summary>Keeps a key. It is trusted when this returns, not before.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    /// <exception cref="FormatException">The bytes are not a key.</exception>
    public void Keep(ReadOnlySpan<byte> blob) =>
        DurableFile.Write(path, System.Text.Encoding.UTF8.GetBytes($"{SshPublicKey.FromBytes(blob)}\n"), Mode);
}
