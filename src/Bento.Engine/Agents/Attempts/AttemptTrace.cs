using System.Diagnostics;
using Bento.Agents.Journal;
using Bento.Protocol;
using Bento.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bento.Agents.Attempts;

/// <summary>One attempt in one run of the agent, for what watches a program: a span, a scope and lines of the log, and numbers.</summary>
internal sealed partial class AttemptTrace : IDisposable
{
    private static readonly Func<ILogger, ReleaseNumber, int, IDisposable?> Scope =
        LoggerMessage.DefineScope<ReleaseNumber, int>("Release {Release}, attempt {Attempt}");

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly IDisposable? _scope;
    private readonly long _began;

    public AttemptTrace(JournalAttempt attempt, TimeProvider clock, ILogger logger)
    {
        (_clock, _logger, _began) = (clock, logger, clock.GetTimestamp());
        _activity = BentoTelemetry.Source.StartActivity(SpanNames.Attempt)?.SetTag(TagNames.Host, attempt.Release.Host.ToString())
            .SetTag(TagNames.Release, attempt.Release.Number.ToString()).SetTag(TagNames.Attempt, attempt.Attempt);
        _scope = Scope(logger, attempt.Release.Number, attempt.Attempt);
        Log.Began(logger, attempt.Release.Number, attempt.Attempt, attempt.Phase);
    }

    /// <summary>How the attempt stands at the end of the run: it has finished, or waits for the server.</summary>
    public void Ended(JournalAttempt attempt)
    {
        if (attempt is not { Phase: AttemptPhase.Finished, Outcome: { } outcome })
        {
            _ = _activity?.SetTag(TagNames.Outcome, "waiting");
            return;
        }

        var elapsed = _clock.GetElapsedTime(_began);
        var word = Words.Of(outcome);
        _ = _activity?.SetTag(TagNames.Outcome, word);
        Instruments.AttemptDuration.Record(elapsed.TotalSeconds, Instruments.Tag(TagNames.Outcome, word));
        if (outcome.IsSuccess())
        {
            Log.Ended(_logger, attempt.Release.Number, outcome, elapsed);
        }
        else
        {
            _activity.Fails(attempt.Reason ?? word, word);
            Log.Failed(_logger, attempt.Release.Number, outcome, elapsed, attempt.Reason);
        }
    }

    /// <returns>Always false: the exception goes on.</returns>
    public bool Breaks(Exception exception) => _activity.Fails(exception);

    public void Dispose()
    {
        _scope?.Dispose();
        _activity?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.AttemptBegan,
            LogLevel.Debug,
            "Release {Release}: attempt {Attempt} goes on from {Phase}",
            EventName = nameof(EventIds.AttemptBegan))]
        public static partial void Began(ILogger logger, ReleaseNumber release, int attempt, AttemptPhase phase);

        [LoggerMessage(
            EventIds.AttemptEnded,
            LogLevel.Information,
            "Release {Release}: {Outcome} after {Elapsed}",
            EventName = nameof(EventIds.AttemptEnded))]
        public static partial void Ended(ILogger logger, ReleaseNumber release, AttemptOutcome outcome, TimeSpan elapsed);

        [LoggerMessage(
            EventIds.AttemptFailed,
            LogLevel.Error,
            "Release {Release}: {Outcome} after {Elapsed}: {Reason}",
            EventName = nameof(EventIds.AttemptFailed))]
        public static partial void Failed(
            ILogger logger, ReleaseNumber release, AttemptOutcome outcome, TimeSpan elapsed, string? reason);
    }
}
