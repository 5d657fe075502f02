using System.Text.Json;
using Bento;
using Bento.Protocol;
using Bento.Status;

namespace OwnParts;

/// <summary>A status store of one file a host: the place for a table, a bucket or a key-value store of one's own.</summary>
public sealed class FolderStore(string folder) : IStatusStore
{
    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<HostName>>(Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => HostName.Parse(Path.GetFileNameWithoutExtension(file))).Order()]
            : []);

    public async Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken = default)
    {
        var file = RecordFile(host);
        try
        {
            return File.Exists(file) ? HostRecordJson.Read(await File.ReadAllBytesAsync(file, cancellationToken)) : HostRecord.Empty;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StatusStoreException($"The record '{file}' cannot be read: {exception.Message}", exception) { Host = host };
        }
    }

    /// <summary>Two processes may change a record at once, and each must see what the other did.</summary>
    public async Task<HostRecord> UpdateAsync(
        HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(folder);
        await using var taken = await LockRecordAsync(host, cancellationToken);
        var before = await ReadAsync(host, cancellationToken);
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            Write(host, RecordFile(host), HostRecordJson.Write(after));
        }

        return after;
    }

    public async Task<byte[]?> ReadLogAsync(
        HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken = default) =>
        LogFile(host, number, attempt) is var file && File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;

    public Task WriteLogAsync(
        HostName host,
        ReleaseNumber number,
        int attempt,
        ReadOnlyMemory<byte> gzip,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(host, LogFile(host, number, attempt), gzip.ToArray());
        return Task.CompletedTask;
    }

    /// <summary>Whole or not at all: a reader finds the old file or the new one.</summary>
    private static void Write(HostName host, string file, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var fresh = $"{file}.{Guid.NewGuid():N}.new";
            File.WriteAllBytes(fresh, bytes);
            File.Move(fresh, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StatusStoreException($"'{file}' cannot be written: {exception.Message}", exception) { Host = host };
        }
    }

    private async Task<FileStream> LockRecordAsync(HostName host, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, $"{host}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(10, cancellationToken);
            }
        }
    }

    private string RecordFile(HostName host) => Path.Combine(folder, $"{host}.json");

    private string LogFile(HostName host, ReleaseNumber number, int attempt) =>
        Path.Combine(folder, "logs", $"{host}", $"{number}-{attempt}.gz");
}
