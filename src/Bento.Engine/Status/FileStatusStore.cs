using System.Globalization;
using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Status;

/// <summary>The embedded status store: one small file a host, replaced as a whole. No database to run.</summary>
internal sealed class FileStatusStore(StateDirectories state) : IStatusStore
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const string Suffix = ".json";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Another process holds the lock in real time, whatever clock an embedder or a test has given us.</summary>
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly string _directory = state.Records;
    private readonly string _logs = state.Logs;
    private readonly RecordCache _cache = new();

    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HostName>>(
        Directory.Exists(_directory)
            ? [.. Directory.EnumerateFiles(_directory, "*" + Suffix)
                .Select(path => HostName.TryParse(Path.GetFileName(path)[..^Suffix.Length], out var host) ? host : default)
                .Where(host => host != default)
                .Order()]
            : []);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) => Task.FromResult(Read(host));

    public async Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var taken = await LockAsync(host, cancellationToken).ConfigureAwait(false);
        var before = Read(host);
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            after = Write(host, after);
            foreach (var gone in before.Attempts.Where(attempt => attempt.Log == LogState.Kept).ExceptBy(after.Attempts.Select(Key), Key))
            {
                RemoveLog(host, gone);
            }
        }

        return after;
    }

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken)
    {
        var path = LogOf(host, number, attempt);
        try
        {
            return Task.FromResult(PlainFile.ReadAll(path, MaxBytes));
        }
        catch (IOException exception)
        {
            throw new StatusStoreException($"The log '{path}' cannot be read: {exception.Message}", exception) { Host = host };
        }
    }

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = LogOf(host, number, attempt);
        try
        {
            state.Prepare();
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, gzip.Span, Mode);
            return Task.CompletedTask;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StatusStoreException($"The log '{path}' cannot be written: {exception.Message}", exception)
            {
                Kind = FailureReading.KindOf(exception, FailureKind.Store),
                Host = host,
            };
        }
    }

    private HostRecord Read(HostName host)
    {
        try
        {
            return _cache.Read(
                host,
                PathOf(host),
                Clock.GetUtcNow(),
                path => PlainFile.ReadAll(path, MaxBytes) is { } bytes ? HostRecordJson.Read(bytes) : HostRecord.Empty);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new StatusStoreException($"The record '{PathOf(host)}' cannot be read: {exception.Message}", exception)
            {
                Host = host,
                NextStep =
                    "Move the file away: the next deploy and the reports in the area make a new one; older attempts of this host are lost.",
            };
        }
    }

    /// <summary>
    /// A record that could not be read again would keep its host from every release: where it is too long, the oldest attempts go.
    /// </summary>
    private HostRecord Write(HostName host, HostRecord record)
    {
        var bytes = HostRecordJson.Write(record);
        while (bytes.Length > MaxBytes && record.Attempts.Count > 0)
        {
            record = record with { Attempts = [.. record.Attempts.Take(record.Attempts.Count / 2)] };
            bytes = HostRecordJson.Write(record);
        }

        try
        {
            DurableFile.Write(PathOf(host), bytes, Mode);
            return record;
        }
        catch (IOException exception)
        {
            throw new StatusStoreException($"The record '{PathOf(host)}' cannot be written: {exception.Message}", exception)
            {
                Kind = FailureReading.KindOf(exception, FailureKind.Store),
                Host = host,
            };
        }
    }

    /// <summary>Deploy and status may run at once: each change of a record sees the one before.</summary>
    private async Task<FileLock> LockAsync(HostName host, CancellationToken cancellationToken)
    {
        try
        {
            state.Prepare();
            _ = Directory.CreateDirectory(_directory);
            for (var began = Clock.GetTimestamp(); Clock.GetElapsedTime(began) < LockTimeout;)
            {
                if (FileLock.TryAcquire(Path.Join(_directory, $".{host}.lock"), LockOwner.Name, out _) is { } taken)
                {
                    return taken;
                }

                await Task.Delay(LockPause, Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StatusStoreException($"The records in '{_directory}' cannot be written: {exception.Message}", exception)
            {
                Kind = FailureReading.KindOf(exception, FailureKind.Store),
                Host = host,
            };
        }

        throw new StatusStoreException($"The record of '{host}' is locked for more than {LockTimeout.TotalSeconds} seconds.")
        {
            Kind = FailureKind.Locked,
            Host = host,
        };
    }

    /// <summary>The record no longer speaks of it: a log that stays behind costs a little space and nothing else.</summary>
    private void RemoveLog(HostName host, RecordedAttempt attempt)
    {
        try
        {
            _ = DurableFile.Delete(LogOf(host, attempt.Number, attempt.Attempt));
        }
        catch (IOException)
        {
            // The next log of that name replaces it.
        }
    }

    private static (ReleaseNumber Number, int Attempt) Key(RecordedAttempt attempt) => (attempt.Number, attempt.Attempt);

    private string LogOf(HostName host, ReleaseNumber number, int attempt) =>
        Path.Join(_logs, host.ToString(), string.Create(CultureInfo.InvariantCulture, $"{number.Epoch}.{number.Sequence}-{attempt}.gz"));

    private string PathOf(HostName host) => Path.Join(_directory, host + Suffix);
}
