using System.Security.Cryptography;
using System.Text.Json;
using Bento.Files;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Secrets;

/// <summary>What the agent keeps of secrets on disk: the encrypted archives, and which of them are in force.</summary>
internal sealed class SecretStore(string directory)
{
    private const string Suffix = ".age";
    private const int MaxBytes = 4 * SecretGrammar.MaxBytes;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether the record was found damaged, as long as this agent runs: then nobody knows what was in force.</summary>
    public bool WasDamaged { get; private set; }

    private string RecordPath => Path.Join(directory, "record.json");

    /// <summary>Fetches the archive of a release, unless it is there.</summary>
    /// <exception cref="ContentException">It is not what the release says.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    /// <exception cref="IOException">It cannot be stored.</exception>
    public async Task FetchAsync(IArea area, ReleaseSecrets secrets, CancellationToken cancellationToken)
    {
        if (Read(secrets.Archive) is not null)
        {
            return;
        }

        if (secrets.ArchiveBytes > MaxBytes)
        {
            throw new ContentException($"The release names {secrets.ArchiveBytes} bytes of secrets; {MaxBytes} are the most.");
        }

        using var received = new MemoryStream();
        await ContentDownload.CopyAsync(
            area,
            AreaPath.Secrets(secrets.Archive),
            secrets.Archive,
            secrets.ArchiveBytes,
            received,
            cancellationToken).ConfigureAwait(false);
        Prepare();
        DurableFile.Write(PathOf(secrets.Archive), received.ToArray(), FileMode);
    }

    /// <returns>The encrypted bytes; null when they are not there whole.</returns>
    public byte[]? Read(ContentHash archive) =>
        PlainFile.ReadAll(PathOf(archive), MaxBytes) is { } cipher && ContentHash.FromBytes(SHA256.HashData(cipher)) == archive
            ? cipher
            : null;

    /// <summary>
    /// What is in force. A record that is none is set aside, and nothing is known then: it must not hold up what comes next.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SecretRecord Load()
    {
        try
        {
            return ReadRecord();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            _ = DurableFile.SetAside(RecordPath);
            WasDamaged = true;
            return SecretRecord.Empty;
        }
    }

    /// <summary>What is in force, for whoever only looks: nothing, where that cannot be told.</summary>
    public SecretRecord Peek()
    {
        try
        {
            return ReadRecord();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            return SecretRecord.Empty;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(SecretRecord record)
    {
        Prepare();
        DurableFile.Write(
            RecordPath,
            SelfDigest.Seal(JsonSerializer.SerializeToUtf8Bytes(
                SecretRecordDocument.From(record), SecretRecordJsonContext.Default.SecretRecordDocument)),
            FileMode);
    }

    /// <summary>Removes every archive but one; null for all.</summary>
    public void KeepOnly(ContentHash? archive)
    {
        foreach (var path in Directory.EnumerateFiles(directory, "*" + Suffix)
            .Where(path => Path.GetFileName(path) != archive + Suffix)
            .ToList())
        {
            File.Delete(path);
        }
    }

    private SecretRecord ReadRecord()
    {
        if (PlainFile.ReadAll(RecordPath, MaxBytes) is not { } bytes)
        {
            return SecretRecord.Empty;
        }

        SelfDigest.Check(bytes);
        return JsonSerializer.Deserialize(bytes, SecretRecordJsonContext.Default.SecretRecordDocument)?.ToRecord() ?? SecretRecord.Empty;
    }

    private void Prepare()
    {
        _ = Directory.CreateDirectory(directory, FileMode | UnixFileMode.UserExecute);
        DurableTree.RemoveTemporaries(directory);
    }

    private string PathOf(ContentHash archive) => Path.Join(directory, archive + Suffix);
}
