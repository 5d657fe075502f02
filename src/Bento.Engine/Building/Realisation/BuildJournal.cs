using Bento.Building.Errors;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Building.Realisation;

/// <summary>Follows the log of one build: tells what goes on, and remembers what is needed to explain a failure.</summary>
/// <param name="tailLines">How many lines are remembered of each builder.</param>
/// <param name="progress">Gets the events; may be null.</param>
internal sealed class BuildJournal(int tailLines, IProgress<FleetEvent>? progress)
{
    private const int MaxErrors = 1000;

    // A line of a minified source can be megabytes, and a fleet has many builders.
    private const int MaxLineLength = 2000;

    // "cannot build on 'ssh://builder': error: ..." is said by the program that asks remote builders; Nix goes on without that one.
    private const string RemotePrefix = "cannot build on ";

    private readonly HashSet<ulong> _counting = [];
    private readonly Dictionary<ulong, StorePath> _builds = [];
    private readonly Dictionary<StorePath, Queue<string>> _logs = [];
    private readonly HashSet<string> _warnings = [];
    private readonly List<BuildError> _errors = [];
    private readonly List<string> _remoteErrors = [];
    private FleetEvent.BuildAdvanced? _counters;
    private StorePath? _stopped;

    /// <summary>What Nix reported as errors, in its order.</summary>
    public IReadOnlyList<BuildError> Errors => _errors;

    /// <summary>What Nix reported of remote builders that it could not use.</summary>
    public IReadOnlyList<string> RemoteErrors => _remoteErrors;

    /// <summary>The last lines of a builder's log.</summary>
    /// <param name="derivation">What was built.</param>
    /// <returns>The oldest first; empty when it printed nothing.</returns>
    public IReadOnlyList<string> LogTail(StorePath derivation) => _logs.TryGetValue(derivation, out var lines) ? [.. lines] : [];

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
                if (_logs.TryAdd(started.Derivation, new Queue<string>()))
                {
                    progress.Tell(new FleetEvent.BuilderStarted(NameOf(started.Derivation)));
                }

                break;
            case NixLogEntry.LinePrinted printed when _builds.TryGetValue(printed.Activity, out var derivation):
                Log(derivation, printed.Line);
                break;
            case NixLogEntry.Stopped stopped when _builds.TryGetValue(stopped.Activity, out var ended):
                _stopped = ended;
                break;
            case NixLogEntry.Counted counted when _counting.Contains(counted.Activity) && counted.Counters != _counters:
                _counters = counted.Counters;
                progress.Tell(counted.Counters);
                break;
            case NixLogEntry.WarningReported reported when NixWarning.Read(NixErrorText.Clean(reported.Message)) is { } warning:
                Warn(warning);
                break;
            case NixLogEntry.ErrorReported error:
                Add(NixErrorText.Clean(error.Message));
                break;
            default:
                break;
        }
    }

    private void Add(string message)
    {
        if (message.StartsWith(RemotePrefix, StringComparison.Ordinal))
        {
            _remoteErrors.Add(message);
            Warn(message);
        }
        else if (_errors.Count < MaxErrors && BuildErrorReader.Read(message) is { } error)
        {
            error = error.Culprit is null ? error with { Suspect = FindSuspect(error) } : error;
            _errors.Add(error);
            Report(error, error.Culprit ?? error.Suspect);
        }
    }

    /// <summary>A build of hours goes on after its first failure, and whoever watches can fix that one meanwhile.</summary>
    private void Report(BuildError error, StorePath? culprit) => progress.Tell(
        new FleetEvent.BuilderFailed(culprit is { } derivation ? NameOf(derivation) : null, error.Message)
        {
            LogTail = culprit is { } built && LogTail(built) is { Count: > 0 } printed ? printed : error.LogTail,
        });

    /// <summary>
    /// Some errors name no derivation: it is the one with the output that they name, or else the last whose builder ended.
    /// </summary>
    private StorePath? FindSuspect(BuildError error) =>
        error.Output is { } output && _logs.Keys.Where(started => NameOf(started) == output).ToList() is [var only] ? only : _stopped;

    private void Warn(string message)
    {
        if (_warnings.Count < MaxErrors && _warnings.Add(message))
        {
            progress.Tell(new FleetEvent.Warned(message));
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

        progress.Tell(new FleetEvent.BuildLogged(NameOf(derivation), line));
    }

    private static string NameOf(StorePath derivation) => derivation.IsDerivation ? derivation.Name[..^".drv".Length] : derivation.Name;
}
