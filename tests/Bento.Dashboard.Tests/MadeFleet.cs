using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Dashboard.Tests;

/// <summary>What the dashboard reads, in memory, with a count of each read. The status is what the test says.</summary>
internal sealed class MadeFleet(TimeProvider clock) : IFleetStatus, IStatusStore
{
    private TaskCompletionSource _changed = new();
    private int _looks;

    public IReadOnlyList<HostStatus> Hosts { get; private set; } = [];

    public Func<HostName, HostRecord>? Records { get; set; }

    public string Log { get; set; } = "building '/nix/store/…-nginx-1.28.0.drv'...\nerror: builder failed with exit code 2\n";

    /// <summary>Why the server cannot be reached; null when it can.</summary>
    public string? Outage { get; private set; }

    public int Looks => _looks;

    /// <summary>The reads of the store, one word each.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Reads { get; } = [];

    /// <summary>Says how the fleet stands from now on; the next look follows at once.</summary>
    public void Show(IReadOnlyList<HostStatus> hosts, string? outage = null)
    {
        (Hosts, Outage) = (hosts, outage);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource()).SetResult();
    }

    public Task<IReadOnlyList<HostStatus>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _looks);
        return Outage is { } outage
            ? Task.FromException<IReadOnlyList<HostStatus>>(new TransportException(TransportFailure.Unreachable, outage))
            : Task.FromResult(Hosts);
    }

    public async IAsyncEnumerable<IReadOnlyList<HostStatus>> FollowAsync(
        HostSelector hosts, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            yield return await ReadAsync(hosts, cancellationToken);
            await Task.WhenAny(changed, Task.Delay(interval, clock, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public IAsyncEnumerable<FleetChange> WatchAsync(HostSelector hosts, TimeSpan interval, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The dashboard does not.");

    public Task<IReadOnlyList<HostName>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HostName>>([.. Hosts.Select(host => host.Host)]);

    public Task<HostRecord> ReadAsync(HostName host, CancellationToken cancellationToken)
    {
        Reads.Enqueue($"record {host}");
        return Task.FromResult(Records?.Invoke(host) ?? HostRecord.Empty);
    }

    public Task<IReadOnlyDictionary<HostName, HostRecord>> ReadManyAsync(
        IReadOnlyCollection<HostName> hosts, CancellationToken cancellationToken)
    {
        Reads.Enqueue($"records of {hosts.Count}");
        return Task.FromResult<IReadOnlyDictionary<HostName, HostRecord>>(
            hosts.ToDictionary(host => host, host => Records?.Invoke(host) ?? HostRecord.Empty));
    }

    public Task<byte[]?> ReadLogAsync(HostName host, ReleaseNumber number, int attempt, CancellationToken cancellationToken)
    {
        Reads.Enqueue($"log {host} {number}");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Log));
        }

        return Task.FromResult<byte[]?>(number.Sequence == 1 ? null : packed.ToArray());
    }

    public Task<HostRecord> UpdateAsync(HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The dashboard changes nothing.");

    public Task WriteLogAsync(
        HostName host, ReleaseNumber number, int attempt, ReadOnlyMemory<byte> gzip, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The dashboard changes nothing.");

    public Task<IAsyncDisposable?> LockAsync(string holder, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The dashboard changes nothing.");

    public IDisposable? Listen(Action changed) => null;
}
