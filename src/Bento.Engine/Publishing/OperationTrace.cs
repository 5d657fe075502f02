using System.Diagnostics;
using Bento.Hosts;
using Bento.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bento.Publishing;

/// <summary>One operation on the fleet, for what watches a program: a span, a scope and lines of the log, and numbers.</summary>
internal sealed partial class OperationTrace : IDisposable
{
    private static readonly Func<ILogger, string, string, HostSelector, IDisposable?> Scope =
        LoggerMessage.DefineScope<string, string, HostSelector>("{Fleet}: {Operation} {Hosts}");

    private readonly string _fleet;
    private readonly string _operation;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly IDisposable? _scope;
    private readonly long _began;

    public OperationTrace(string fleet, string span, HostSelector hosts, TimeProvider clock, ILogger logger)
    {
        (_fleet, _operation, _clock, _logger) = (fleet, span["bento.".Length..], clock, logger);
        _activity = BentoTelemetry.Source.StartActivity(span)?.SetTag(TagNames.Fleet, fleet).SetTag(TagNames.Selector, hosts.ToString());
        _scope = Scope(logger, fleet, _operation, hosts);
        _began = clock.GetTimestamp();
        Log.Began(logger, _operation, hosts);
    }

    /// <summary>Tells what came of the hosts.</summary>
    public void Tell(DeployReport report)
    {
        foreach (var host in report.Hosts)
        {
            Instruments.HostEnded(_fleet, _operation, host.Outcome);
        }

        _ = _activity?.SetTag(TagNames.HostCount, report.Hosts.Count);
        if (!report.IsSuccess)
        {
            var failed = report.Hosts.Count(host => host.Failure is not null);
            _activity.Fails($"{failed} of {report.Hosts.Count} hosts and {report.Problems.Count} directories failed.", "hosts");
        }
    }

    public void Ended() => Measure(null, elapsed => Log.Ended(_logger, _operation, elapsed));

    /// <returns>Always false: the exception goes on.</returns>
    public bool Breaks(Exception exception)
    {
        Measure(
            ActivityExtensions.ErrorType(exception),
            elapsed => Log.Broke(
                _logger,
                exception is OperationCanceledException ? LogLevel.Information : LogLevel.Error,
                _operation,
                elapsed,
                exception.Message));
        return _activity.Fails(exception);
    }

    public void Dispose()
    {
        _scope?.Dispose();
        _activity?.Dispose();
    }

    private void Measure(string? errorType, Action<TimeSpan> log)
    {
        var elapsed = _clock.GetElapsedTime(_began);
        var tags = new TagList { Instruments.Tag(TagNames.Fleet, _fleet), Instruments.Tag(TagNames.Operation, _operation) };
        if (errorType is not null)
        {
            tags.Add(Instruments.Tag(TagNames.ErrorType, errorType));
        }

        Instruments.OperationDuration.Record(elapsed.TotalSeconds, tags);
        log(elapsed);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.OperationBegan, LogLevel.Debug, "{Operation} of {Hosts} begins", EventName = nameof(EventIds.OperationBegan))]
        public static partial void Began(ILogger logger, string operation, HostSelector hosts);

        [LoggerMessage(
            EventIds.OperationEnded, LogLevel.Debug, "{Operation} ended after {Elapsed}", EventName = nameof(EventIds.OperationEnded))]
        public static partial void Ended(ILogger logger, string operation, TimeSpan elapsed);

        [LoggerMessage(
            EventId = EventIds.OperationBroke,
            EventName = nameof(EventIds.OperationBroke),
            Message = "{Operation} broke off after {Elapsed}: {Reason}")]
        public static partial void Broke(ILogger logger, LogLevel level, string operation, TimeSpan elapsed, string reason);
    }
}
