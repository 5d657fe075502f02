using System.Security.Cryptography;
using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>
/// The encrypted secrets of each host in the publisher's own state, so that what did not change stays the same bytes. Losing it costs one
/// encryption a host.
/// </summary>
internal sealed class SecretLedger(StateDirectories state)
{
    private const int MaxBytes = 4 * SecretGrammar.MaxBytes;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    private readonly Lock _making = new();

    /// <summary>The key of the digests; made when it is missing.</summary>
    /// <exception cref="IOException">The state directory cannot be used.</exception>
    public byte[] Key()
    {
        lock (_making)
        {
            var path = Path.Join(state.Secrets, "digest.key");
            if (PlainFile.ReadAll(path, SecretDigest.KeyBytes) is { Length: SecretDigest.KeyBytes } key)
            {
                return key;
            }

            _ = Directory.CreateDirectory(state.Secrets, DirectoryMode);
            key = RandomNumberGenerator.GetBytes(SecretDigest.KeyBytes);
            DurableFile.Write(path, key, FileMode);
            return key;
        }
    }

    /// <returns>The hash and size of what was encrypted for this digest; null when something else was, or nothing.</returns>
    public (ContentHash Hash, long Bytes)? Find(HostName host, string digest) =>
        Read(host) is { } document
            && document.Digest == digest
            && ContentHash.TryParse(document.Sha256, null, out var hash)
            && ReadCipher(host, hash) is { } cipher
            ? (hash, cipher.Length)
            : null;

    /// <exception cref="IOException">The state directory cannot be used.</exception>
    public (ContentHash Hash, long Bytes) Keep(HostName host, string digest, byte[] cipher)
    {
        var hash = ContentHash.FromBytes(SHA256.HashData(cipher));
        DurableFile.Write(PathOf(host, "age"), cipher, FileMode);
        var document = new SecretLedgerDocument(digest, hash.ToString(), cipher.Length);
        DurableFile.Write(
            PathOf(host, "json"),
            JsonSerializer.SerializeToUtf8Bytes(document, SecretLedgerJsonContext.Default.SecretLedgerDocument),
            FileMode);
        return (hash, cipher.Length);
    }

    /// <returns>The encrypted bytes; null when they are not there whole.</returns>
    public byte[]? ReadCipher(HostName host, ContentHash hash) =>
        PlainFile.ReadAll(PathOf(host, "age"), MaxBytes) is { } cipher && ContentHash.FromBytes(SHA256.HashData(cipher)) == hash
            ? cipher
            : null;

    private SecretLedgerDocument? Read(HostName host)
    {
        try
        {
            return PlainFile.ReadAll(PathOf(host, "json"), MaxBytes) is { } bytes
                ? JsonSerializer.Deserialize(bytes, SecretLedgerJsonContext.Default.SecretLedgerDocument)
                : null;
        }
        catch (JsonException)
        {
            // As good as lost.
            return null;
        }
    }

    private string PathOf(HostName host, string extension) => Path.Join(state.Secrets, $"{host}.{extension}");
}
