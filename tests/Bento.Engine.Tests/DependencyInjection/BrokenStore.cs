using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>A database that has lost the rows of one host.</summary>
internal sealed class BrokenStore : IStatusStore
{
    private readonly Dictionary<HostName, HostRecord> _records = [];

    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HostName>>([HostName.Parse("h1"), HostName.Parse("h2")]);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken) => host == HostName.Parse("h1")
        ? throw new InvalidCastException("no such row")
        : Task.FromResult(_records.GetValueOrDefault(host) ?? HostRecord.Empty);

    public async Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
        _records[host] = change(await ReadAsync(host, cancellationToken));

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) =>
        throw new InvalidCastException("no such log");

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) =>
        throw new InvalidCastException("no such log");
}
