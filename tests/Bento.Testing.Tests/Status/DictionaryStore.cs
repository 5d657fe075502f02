using System.Collections.Concurrent;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Testing.Tests.Status;

/// <summary>The smallest store that holds to the contract. Each mutant breaks one thing of it.</summary>
internal class DictionaryStore(DictionaryStore.Records records) : IStatusStore
{
    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HostName>>([.. records.Hosts.Keys.Order()]);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) =>
        Task.FromResult(records.Hosts.GetValueOrDefault(host, HostRecord.Empty));

    public virtual async Task<HostRecord> UpdateAsync(
        HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken)
    {
        await records.Gate.WaitAsync(cancellationToken);
        try
        {
            return await ChangeAsync(host, change);
        }
        finally
        {
            records.Gate.Release();
        }
    }

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) =>
        Task.FromResult(records.Logs.GetValueOrDefault(LogKey(host, number, attempt)));

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        records.Logs[LogKey(host, number, attempt)] = gzip.ToArray();
        return Task.CompletedTask;
    }

    protected async Task<HostRecord> ChangeAsync(HostName host, Func<HostRecord, HostRecord> change)
    {
        var before = records.Hosts.GetValueOrDefault(host, HostRecord.Empty);
        await Task.Yield();
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            records.Hosts[host] = after;
        }

        return after;
    }

    protected virtual string LogKey(HostName host, ReleaseNumber number, int attempt) => $"{host} {number} {attempt}";

    /// <summary>What all processes share.</summary>
    internal sealed class Records
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public ConcurrentDictionary<HostName, HostRecord> Hosts { get; } = new();

        public ConcurrentDictionary<string, byte[]> Logs { get; } = new();
    }
}
