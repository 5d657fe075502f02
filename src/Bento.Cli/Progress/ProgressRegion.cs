using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Progress;

/// <summary>
/// What an operation does now, in at most two lines: how far it is, counted, and what it works on. Pure; whoever uses it from several
/// threads locks.
/// </summary>
internal sealed class ProgressRegion
{
    private const int MaxNames = 6;

    private readonly List<string> _directories = [];
    private readonly SortedSet<string> _unbuilt = new(NaturalOrder.Instance);
    private readonly SortedSet<string> _unpublished = new(NaturalOrder.Instance);
    private FleetEvent.BuildAdvanced? _derivations;
    private Stage _stage;
    private string? _waiting;
    private string? _builder;
    private int _hostCount;
    private int _buildCount;
    private int _failedCount;

    private enum Stage
    {
        Starting,
        Evaluating,
        Building,
        Publishing,
    }

    /// <summary>Says what is waited for, until something happens.</summary>
    public void Wait(string line) => _waiting = line;

    public void Take(FleetEvent value)
    {
        _waiting = null;
        switch (value)
        {
            case FleetEvent.Evaluating { } evaluating:
                _stage = Stage.Evaluating;
                _directories.Add(evaluating.Directory);
                break;
            case FleetEvent.Evaluated { } evaluated:
                _hostCount++;
                _ = _unpublished.Add(evaluated.Host.ToString());
                break;
            case FleetEvent.Building { } building:
                _stage = Stage.Building;
                _buildCount += building.Hosts.Count;
                _unbuilt.UnionWith(building.Hosts.Select(host => host.ToString()));
                break;
            case FleetEvent.BuildAdvanced { } advanced:
                _derivations = advanced;
                break;
            case FleetEvent.BuilderStarted { } started:
                _builder = started.Derivation;
                break;
            case FleetEvent.BuildLogged { } logged:
                _builder = logged.Derivation;
                break;
            case FleetEvent.Built { } built:
                _ = _unbuilt.Remove(built.Host.ToString());
                break;
            case FleetEvent.Packing:
                _stage = Stage.Publishing;
                break;
            case FleetEvent.Published { } published:
                _stage = Stage.Publishing;
                _ = _unpublished.Remove(published.Host.ToString());
                break;
            case FleetEvent.Unchanged { } unchanged:
                _ = _unpublished.Remove(unchanged.Host.ToString());
                break;
            case FleetEvent.Failed { } failed:
                _failedCount++;
                _ = _unbuilt.Remove(failed.Host.ToString());
                _ = _unpublished.Remove(failed.Host.ToString());
                break;
        }
    }

    /// <summary>The lines, none of them wider than the terminal.</summary>
    public IEnumerable<string> Lines(int width, TimeSpan elapsed)
    {
        if (_waiting is { } waiting)
        {
            return [TextWidth.Fit(PlainLine.Of(waiting), width)];
        }

        // While Nix builds, it knows of failures that no host has been told of yet.
        var failures = _stage == Stage.Building ? long.Max(_failedCount, _derivations?.FailedCount ?? 0) : _failedCount;
        var failed = failures > 0 ? $", {failures} failed" : string.Empty;
        var (first, names) = _stage switch
        {
            Stage.Starting => ("starting", []),
            Stage.Evaluating => ($"evaluating, {Plural.Of(_hostCount, "host")} so far{failed}", _directories),
            Stage.Building => (
                $"building {Bar(_derivations?.DoneCount ?? 0, _derivations?.TotalCount ?? 0, width)}"
                    + $"{_buildCount - _unbuilt.Count} of {Plural.Of(_buildCount, "system")}{failed}",
                _unbuilt),
            _ => (
                $"publishing {Bar(_hostCount - _unpublished.Count, _hostCount, width)}"
                    + $"{_hostCount - _unpublished.Count} of {Plural.Of(_hostCount, "host")}{failed}",
                (IReadOnlyCollection<string>)_unpublished),
        };
        var whole = PlainLine.Of($"{first}{(_stage == Stage.Building ? Derivations() : string.Empty)}, {Ages.Short(elapsed)}");
        var line = TextWidth.Width(whole) <= width ? whole : TextWidth.Fit(PlainLine.Of($"{first}, {Ages.Short(elapsed)}"), width);
        var work = _stage == Stage.Building && _builder is { } builder ? $"{builder}, for {Names(names)}" : Names(names);
        return names.Count == 0 ? [line] : [line, TextWidth.Fit(PlainLine.Of($"  {work}"), width)];
    }

    private string Derivations() => _derivations is { TotalCount: > 0 } advanced
        ? $", {advanced.DoneCount} of {Plural.Of((int)advanced.TotalCount, "derivation")}"
        : string.Empty;

    /// <summary>A bar that reads without colour; nothing where it is not known how much there is.</summary>
    private static string Bar(long done, long total, int width)
    {
        var room = int.Clamp(width / 5, 5, 30);
        var full = total <= 0 ? 0 : (int)(room * long.Min(done, total) / total);
        return total <= 0 ? string.Empty : $"[{new string('#', full)}{new string('-', room - full)}] ";
    }

    private static string Names(IReadOnlyCollection<string> names) => names.Count <= MaxNames
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more";
}
