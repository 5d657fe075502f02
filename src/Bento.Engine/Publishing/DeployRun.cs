using System.Collections.Concurrent;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Publishing;

/// <summary>
/// One operation on the fleet while it runs: which hosts, where its files go, and what has come of each host so far. Thread-safe.
/// </summary>
internal sealed class DeployRun(HostSelection selection, WorkDirectory work, IProgress<FleetEvent>? progress, string? forSigning = null)
    : IDisposable, IProgress<FleetEvent>
{
    private readonly ConcurrentDictionary<HostName, HostDeployment> _results = new();
    private readonly ConcurrentDictionary<HostName, string> _failedBuilds = new();
    private readonly ConcurrentBag<FleetProblem> _problems = [];
    private readonly ConcurrentBag<string> _remarks = [];

    public HostSelection Selection { get; } = selection;

    public WorkDirectory Work { get; } = work;

    /// <summary>Where releases go that are signed elsewhere; null when they are signed and published.</summary>
    public string? ForSigning { get; } = forSigning;

    /// <summary>Whether pinned hosts get what is described.</summary>
    public bool Unpins { get; init; }

    /// <summary>Gets what happens. A warning is also a remark of the report.</summary>
    public IProgress<FleetEvent> Progress => this;

    /// <inheritdoc/>
    public void Report(FleetEvent value)
    {
        if (value is FleetEvent.Warned warned)
        {
            Remark($"warning: {warned.Message}");
        }

        progress.Tell(
            value, exception => Remark($"An observer was not told everything: {ForeignPart.Reason(progress!, exception)}"));
    }

    /// <summary>Says what came of a host. The first word stands.</summary>
    public void Record(HostDeployment result)
    {
        if (_results.TryAdd(result.Host, result) && Event(result) is { } happened)
        {
            Report(happened);
        }
    }

    public void Fail(HostName host, Objection objection) => Fail(host, objection.Kind, objection.Reason, objection.NextStep);

    public void Fail(HostName host, FailureKind kind, string reason, NextStep? nextStep = null) =>
        Fail(host, new Failure(kind, reason) { NextStep = nextStep });

    public void Fail(HostName host, Failure failure, IReadOnlyList<string>? logTail = null) =>
        Record(new HostDeployment(host, DeployOutcome.Failed) { Failure = failure, LogTail = logTail ?? [] });

    /// <summary>Says that a host has no system: its configuration does not evaluate, or does not build.</summary>
    public void FailToBuild(HostName host, Failure failure, IReadOnlyList<string> logTail)
    {
        _ = _failedBuilds.TryAdd(host, failure.Message);
        Fail(host, failure, logTail);
    }

    /// <summary>The hosts that have no system, and why.</summary>
    public IReadOnlyDictionary<HostName, string> FailedBuilds => _failedBuilds;

    /// <summary>Why a host failed; null when it did not, or nothing has come of it yet.</summary>
    public Failure? FailureOf(HostName host) => _results.GetValueOrDefault(host)?.Failure;

    public void Add(IEnumerable<FleetProblem> problems)
    {
        foreach (var problem in problems)
        {
            _problems.Add(problem);
        }
    }

    public bool HasProblems => !_problems.IsEmpty;

    public void Remark(string remark) => _remarks.Add(remark);

    public DeployReport ToReport() => new(
        [.. _results.Values.OrderBy(result => result.Host)],
        [.. _problems.OrderBy(problem => problem.Path, StringComparer.Ordinal)])
    {
        Remarks = [.. _remarks.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    public void Dispose() => Work.Dispose();

    private static FleetEvent? Event(HostDeployment result) => result.Outcome switch
    {
        DeployOutcome.Failed => new FleetEvent.Failed(result.Host, result.Failure!),
        DeployOutcome.Unchanged => new FleetEvent.Unchanged(result.Host),
        DeployOutcome.Published => new FleetEvent.Published(result.Host, result.Number!.Value),
        _ => null,
    };
}
