using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Status;

/// <summary>A store that reads many records in one question is asked once, and again only about whom it left out.</summary>
public sealed class ManyRecordsTests
{
    [Fact(Timeout = 60_000)]
    public async Task Many_hosts_cost_one_question_and_those_that_were_left_out_one_each()
    {
        using var directory = new TempDirectory();
        var (store, transport) = (new CountingStore(), new InMemoryTransport());
        foreach (var host in CountingStore.Hosts)
        {
            transport.Server.Put(host, "logs/note", "x");
        }

        var services = new ServiceCollection();
        _ = services.AddSingleton<ITransport>(transport).AddSingleton<IStatusStore>(store);
        _ = services.AddBento(options => options.Directory = directory.FullPath);
        await using var process = services.BuildServiceProvider();

        var rows = await process.GetRequiredService<IFleetStatus>().ReadAsync(
            HostSelector.All, TestContext.Current.CancellationToken);

        Assert.Equal(CountingStore.Hosts, rows.Select(row => row.Host));
        Assert.Equal((1, "h3"), (store.Questions, string.Join(' ', store.Alone.Distinct())));
    }

    private sealed class CountingStore : IStatusStore
    {
        public static IReadOnlyList<HostName> Hosts { get; } = [.. Enumerable.Range(1, 5).Select(n => HostName.Parse($"h{n}"))];

        public int Questions { get; private set; }

        public List<HostName> Alone { get; } = [];

        public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(Hosts);

        public Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
            IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken)
        {
            Questions++;
            return Task.FromResult<IReadOnlyDictionary<HostName, HostRecord>>(
                hosts.Where(host => host != Hosts[2]).ToDictionary(host => host, _ => HostRecord.Empty));
        }

        public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken)
        {
            lock (Alone)
            {
                Alone.Add(host);
            }

            return Task.FromResult(HostRecord.Empty);
        }

        public Task<HostRecord> UpdateAsync(
            HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
            Task.FromResult(change(HostRecord.Empty));

        public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken) =>
            Task.FromResult<byte[]?>(null);

        public Task WriteLogAsync(
            HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) =>
            Task.CompletedTask;
    }
}
