using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Building.Evaluation;

/// <summary>
/// How many evaluations may run at the same time, and how much memory each may take: shared by all directories of a fleet.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EvaluationSlots : IDisposable
{
    /// <summary>What the evaluation of a NixOS system takes, and some room.</summary>
    private const long UsualBytes = 1L << 30;

    private readonly SemaphoreSlim _free;
    private readonly Lock _gate = new();
    private int _withheld;

    /// <summary>Shares the processors and the memory of this machine.</summary>
    /// <param name="options">The limits.</param>
    public EvaluationSlots(IOptions<NixOptions> options)
    {
        var most = options.Value.MaxConcurrentEvaluations ?? Environment.ProcessorCount;

        // A quarter stays for whatever else the machine does.
        var budget = options.Value.EvaluationMemory ?? (MachineMemory.Available() is { } available ? available / 4 * 3 : most * UsualBytes);
        Count = (int)long.Clamp(budget / UsualBytes, 1, most);
        LimitBytes = budget / Count;
        _free = new SemaphoreSlim(Count);
    }

    /// <summary>How many may run.</summary>
    public int Count { get; private set; }

    /// <summary>How much memory one may take before it has to give way to a new one.</summary>
    public long LimitBytes { get; }

    /// <summary>Waits for a slot.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The slot, which is free again when it is disposed of.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Slot(this);
    }

    /// <summary>Goes on with half of them, after one was killed for want of memory.</summary>
    /// <returns>How many may run now; null when it was only one already.</returns>
    public int? Halve()
    {
        lock (_gate)
        {
            if (Count == 1)
            {
                return null;
            }

            var fewer = Count / 2;
            _withheld += Count - fewer;
            Count = fewer;
            return fewer;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private void Release()
    {
        lock (_gate)
        {
            if (_withheld > 0)
            {
                _withheld--;
                return;
            }
        }

        _free.Release();
    }

    private sealed class Slot(EvaluationSlots slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
