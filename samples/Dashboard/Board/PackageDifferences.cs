using System.Collections.Concurrent;
using Bento;
using Bento.Building;
using Bento.Status;

namespace Dashboard.Board;

/// <summary>
/// What differs between what a host runs and what it should run, as far as the store of this machine has both. Systems never change,
/// so each pair is compared once; one at a time, whoever asks.
/// </summary>
internal sealed class PackageDifferences(ISystemBuilder builder) : IDisposable
{
    private const int MaxKept = 200;

    private readonly ConcurrentDictionary<(StorePath Running, StorePath Expected), PackageComparison> _kept = [];
    private readonly SemaphoreSlim _one = new(1);

    /// <returns>Null when the host runs what it should, or one of both is not known.</returns>
    public async Task<PackageComparison?> ReadAsync(HostStatus status, CancellationToken cancellationToken)
    {
        if (status is not { Running: { } running, Expected: { } expected } || running == expected)
        {
            return null;
        }

        if (_kept.TryGetValue((running, expected), out var kept))
        {
            return kept;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return await CompareAsync(running, expected, cancellationToken);
        }
        catch (BentoException exception)
        {
            return new PackageComparison(null, exception.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<PackageComparison> CompareAsync(StorePath running, StorePath expected, CancellationToken cancellationToken)
    {
        var (before, after) = (
            await builder.ReadClosureAsync(running, cancellationToken), await builder.ReadClosureAsync(expected, cancellationToken));
        if (before is null || after is null)
        {
            // It may be built or fetched later: not kept.
            return new PackageComparison(null, $"The store of this machine does not have {(before is null ? running : expected)}.");
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        return _kept[(running, expected)] = new PackageComparison(ClosureDifference.Between(before, after), null);
    }
}
