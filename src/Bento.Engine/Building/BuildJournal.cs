using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building;

/// <summary>Follows the log of one build: tells what goes on, and remembers what is needed to explain a failure.</summary>
/// <param name="tailLines">How many lines are remembered of each builder.</param>
/// <param name="progress">Gets the events; may be null.</param>
internal sealed class BuildJournal(int tailLines, IProgress<FleetEvent>? progress)
{
    private const int MaxErrors = 1000;

    // A line of a minified source can be megabytes, and a fleet has many builders.
    private const int MaxLineLength = 2000;

    private readonly HashSet<ulong> _counting = [];
    private readonly Dictionary<ulong, StorePath> _builds = [];
    private readonly Dictionary<StorePath, Queue<string>> _logs = [];
    private readonly List<string> _errors = [];
    private FleetEvent.BuildAdvanced? _counters;

    /// <summary>What Nix reported as errors, in its order, each free of control characters.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The derivations that failed by themselves, each once, the first failure first.</summary>
    public IReadOnlyList<DerivationFailure> Failures =>
    [
        .. _errors
            .Select(message => (Culprit: NixErrorMessage.FindCulprit(message), Message: message))
            .Where(error => error.Culprit is not null)
            .DistinctBy(error => error.Culprit)
            .Select(error => Explain(error.Culprit!.Value, error.Message)),
    ];

    /// <summary>Takes the next line of Nix's standard error.</summary>
    /// <param name="line">The line.</param>
    public void Read(string line)
    {
        switch (NixLogLine.Read(line))
        {
            case NixLogEntry.CountingStarted counting:
                _counting.Add(counting.Activity);
                break;
            case NixLogEntry.BuildStarted started:
                _builds[started.Activity] = started.Derivation;
                _logs.TryAdd(started.Derivation, new Queue<string>());
                break;
            case NixLogEntry.LinePrinted printed when _builds.TryGetValue(printed.Activity, out var derivation):
                Log(derivation, printed.Line);
                break;
            case NixLogEntry.Counted counted when _counting.Contains(counted.Activity) && counted.Counters != _counters:
                _counters = counted.Counters;
                progress?.Report(counted.Counters);
                break;
            case NixLogEntry.ErrorReported error when _errors.Count < MaxErrors:
                _errors.Add(NixErrorText.Clean(error.Message));
                break;
            default:
                break;
        }
    }

    private void Log(StorePath derivation, string printed)
    {
        var line = PlainText.OfLine(printed.Length > MaxLineLength ? printed[..MaxLineLength] : printed);
        var tail = _logs[derivation];
        tail.Enqueue(line);
        if (tail.Count > tailLines)
        {
            tail.Dequeue();
        }

        progress?.Report(new FleetEvent.BuildLogged(NameOf(derivation), line));
    }

    private DerivationFailure Explain(StorePath derivation, string message)
    {
        IReadOnlyList<string> tail = _logs.TryGetValue(derivation, out var lines) ? [.. lines] : [];
        return new DerivationFailure(derivation, new BuildFailure(FailureClassifier.OfBuild(message, tail), message, tail));
    }

    private static string NameOf(StorePath derivation) => derivation.IsDerivation ? derivation.Name[..^".drv".Length] : derivation.Name;
}
