using System.Globalization;
using Bento.Building.Programs;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building.Evaluation;

/// <summary>Evaluates the systems of one flake in as many processes as memory and processors allow. For one evaluation.</summary>
/// <remarks>
/// A process evaluates a part of the systems and tells each as soon as it is known. It ends at the first that does not evaluate; the rest
/// goes back to the others and to its successor. Parts get smaller towards the end, so that all processes end at about the same time.
/// </remarks>
/// <param name="nix">Runs Nix.</param>
/// <param name="slots">Says how many processes there may be.</param>
/// <param name="source">What is evaluated.</param>
/// <param name="progress">Gets <see cref="FleetEvent.Evaluated"/> and <see cref="FleetEvent.Warned"/>; may be null.</param>
internal sealed class ParallelEvaluation(
    NixTool nix, EvaluationSlots slots, ConfigurationSource source, IProgress<FleetEvent>? progress) : IDisposable
{
    /// <summary>Reading a flake again costs about as much as some small systems.</summary>
    private const int MinPart = 4;

    private readonly Lock _gate = new();
    private readonly FlakeReference _flake = FlakeReference.To(source);
    private readonly CancellationTokenSource _superseded = new();
    private readonly Queue<string> _open = new();
    private readonly Dictionary<string, SystemEvaluation> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);
    private bool _isRead;
    private BuildFailure? _unreadable;
    private BuildFailure? _unreachable;

    /// <summary>Evaluates.</summary>
    /// <param name="attributes">Which systems; null for all.</param>
    /// <param name="cancellationToken">Stops Nix.</param>
    /// <returns>A result for each, in ordinal order, or the failure of the whole flake.</returns>
    /// <exception cref="NixException">Nix could not be used.</exception>
    public async Task<DirectoryEvaluation> RunAsync(IReadOnlyCollection<string>? attributes, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (attributes is null)
        {
            await RunAllAsync(stop).ConfigureAwait(false);
        }
        else
        {
            Reopen(attributes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            await Task.WhenAll(Enumerable.Range(0, slots.Count).Select(_ => WorkAsync(stop))).ConfigureAwait(false);
        }

        var systems = _results.Values.OrderBy(result => result.Attribute, StringComparer.Ordinal).ToList();

        // What nobody could fetch is one failure, however many systems need it.
        var common = _unreachable is not null && systems.TrueForAll(system => system.Failure == _unreachable) ? _unreachable : _unreadable;
        return common is null ? new DirectoryEvaluation(systems) : new DirectoryEvaluation([], common);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flake.Dispose();
        _superseded.Dispose();
    }

    /// <summary>The first process reads the names, and the others begin as soon as it has told them.</summary>
    private async Task RunAllAsync(CancellationTokenSource stop)
    {
        var parts = slots.Count;
        var named = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = WorkAsync(stop, names =>
        {
            var part = (names.Count + parts - 1) / parts;
            Reopen(names.Skip(part));
            _ = named.TrySetResult(names.Count);
            return [.. names.Take(part)];
        });
        _ = await Task.WhenAny(named.Task, first).ConfigureAwait(false);
        var others = named.Task.IsCompletedSuccessfully ? int.Min(parts, await named.Task.ConfigureAwait(false)) - 1 : 0;
        await Task.WhenAll(Enumerable.Range(0, int.Max(others, 0)).Select(_ => WorkAsync(stop)).Prepend(first)).ConfigureAwait(false);
    }

    /// <param name="stop">Stops all workers when one throws.</param>
    /// <param name="take">Chooses the part of the first process from all names, which only that process knows; null when the part comes
    /// from what is open.</param>
    private async Task WorkAsync(CancellationTokenSource stop, Func<IReadOnlyList<string>, IReadOnlyList<string>>? take = null)
    {
        try
        {
            for (var part = take is null ? Take() : []; part.Count > 0 || take is not null; part = Take())
            {
                using var slot = await slots.TakeAsync(stop.Token).ConfigureAwait(false);
                await EvaluateAsync(part, take, stop.Token).ConfigureAwait(false);
                take = _isRead || _unreadable is not null ? null : take;
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task EvaluateAsync(
        IReadOnlyList<string> part, Func<IReadOnlyList<string>, IReadOnlyList<string>>? take, CancellationToken cancellationToken)
    {
        var isOffline = _unreachable is not null;
        var process = new NixEvalProcess(
            nix,
            source,
            _flake,
            slots.LimitBytes,
            mark =>
            {
                part = take is not null && mark is EvaluationMark.Began began ? take(began.Names) : part;
                Tell(mark);
            },
            Warn);
        var parts = slots.Count;
        var run = await process.RunAsync(
            mark => take is null ? NixExpression.Systems(mark, part) : NixExpression.FirstSystems(mark, parts),
            isOffline,
            isOffline ? CancellationToken.None : _superseded.Token,
            cancellationToken).ConfigureAwait(false);
        Take(part, run, isOffline);
    }

    private void Take(IReadOnlyList<string> part, EvaluationRun run, bool isOffline)
    {
        lock (_gate)
        {
            _isRead |= run.HasBegun;
            foreach (var told in run.Told)
            {
                _results[told.Attribute] = told;
            }

            List<string> rest = [.. part.Except(run.Told.Select(told => told.Attribute))];
            if (run.Failure is { } failure
                && (run.Ending == EvaluationEnding.Failed || (run.Ending == EvaluationEnding.Killed && IsFinal(run))))
            {
                rest = Fail(rest, run.HasBegun, failure, isOffline);
            }

            rest.ForEach(_open.Enqueue);
        }
    }

    /// <summary>Whether there is nothing that could be done about a killed process: it was alone, and evaluated one system.</summary>
    private bool IsFinal(EvaluationRun run)
    {
        var fewer = slots.Halve();
        Warn(fewer is { } count
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Nix was killed while it evaluated '{source.Name}', as a rule because the memory of this machine ran out. Going on with "
                    + $"{count} at a time.")
            : $"Nix was killed while it evaluated '{source.Name}' alone, as a rule because the memory of this machine ran out.");
        return fewer is null && run.Told.Count == 0;
    }

    /// <returns>What is still to be evaluated.</returns>
    private List<string> Fail(List<string> rest, bool hasBegun, BuildFailure failure, bool isOffline)
    {
        if (!hasBegun)
        {
            rest.ForEach(name => _results[name] = new SystemEvaluation(name, failure));
            _unreadable ??= _results.Values.All(result => result.Failure is not null) ? failure : null;
            return [];
        }

        if (failure.Kind == BuildFailureKind.Network && !isOffline && _unreachable is null)
        {
            // Each of the others would wait for the same server: they may use what is here already, and nothing else.
            _unreachable = failure;
            _ = _superseded.CancelAsync();
        }

        // A full disk fails every system in the same way.
        List<string> failed = failure.Kind == BuildFailureKind.Space ? rest : rest[..int.Min(1, rest.Count)];
        foreach (var name in failed)
        {
            _results[name] = new SystemEvaluation(name, failure.Kind == BuildFailureKind.Network ? _unreachable ?? failure : failure);
        }

        return rest[failed.Count..];
    }

    private void Reopen(IEnumerable<string> names)
    {
        lock (_gate)
        {
            foreach (var name in names)
            {
                _open.Enqueue(name);
            }
        }
    }

    private List<string> Take()
    {
        lock (_gate)
        {
            List<string> part = [];
            var bytes = 0;
            for (var count = int.Min(_open.Count, int.Max(MinPart, (_open.Count + slots.Count - 1) / slots.Count)); part.Count < count
                && bytes < ArgumentChunks.MaxExpressionBytes; bytes += NixLiteral.Quote(part[^1]).Length + 1)
            {
                part.Add(_open.Dequeue());
            }

            return part;
        }
    }

    private void Tell(EvaluationMark mark)
    {
        if (mark is EvaluationMark.Told { System: { } system } && HostName.TryParse(system.Attribute, out var host))
        {
            progress.Tell(new FleetEvent.Evaluated(host, system.System));
        }
    }

    private void Warn(string warning)
    {
        bool isNew;
        lock (_warnings)
        {
            isNew = _warnings.Add(warning);
        }

        if (isNew)
        {
            progress.Tell(new FleetEvent.Warned(warning));
        }
    }
}
