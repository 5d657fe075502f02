using Bento.Agents.Journal;
using Bento.Processes;
using Bento.Protocol;
using Bento.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bento.Agents.Attempts;

/// <summary>Tells the observer of a run, the log and what measures the program what the agent does.</summary>
internal sealed partial class AgentVoice(TimeProvider clock, ILogger<IAgent>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<IAgent>.Instance;
    private volatile IProgress<AgentEvent>? _observer;

    /// <summary>Who hears it from here on: the run that has the host for itself says so.</summary>
    public void SpeakTo(IProgress<AgentEvent>? observer) => _observer = observer;

    public AttemptTrace Begin(JournalAttempt attempt) => new(attempt, clock, _logger);

    public PhaseTrace Enter(JournalAttempt attempt)
    {
        Log.Phase(_logger, attempt.Release.Number, attempt.Phase);
        _observer.Tell(new AgentEvent.Entered(attempt.Release.Number, StepOf(attempt.Phase)));
        return new PhaseTrace(attempt.Phase, clock);
    }

    public void Fetches(ReleaseNumber number, long bytes, long ofBytes) =>
        _observer.Tell(new AgentEvent.Fetching { Number = number, Bytes = bytes, TotalBytes = ofBytes });

    public void Refused(Refusal refusal, string reason)
    {
        Instruments.Refused(refusal);
        Log.Refused(_logger, refusal, reason);
    }

    internal static AttemptStep StepOf(AttemptPhase phase) => phase switch
    {
        AttemptPhase.Fetching => AttemptStep.Fetching,
        AttemptPhase.Building => AttemptStep.Building,
        AttemptPhase.Ready => AttemptStep.Ready,
        AttemptPhase.Activating => AttemptStep.Activating,
        AttemptPhase.Confirming => AttemptStep.Confirming,
        AttemptPhase.RollingBack => AttemptStep.RollingBack,
        _ => throw new InvalidOperationException($"An attempt that is {phase} does nothing."),
    };

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.AttemptPhase, LogLevel.Debug, "Release {Release}: {Phase}", EventName = nameof(EventIds.AttemptPhase))]
        public static partial void Phase(ILogger logger, ReleaseNumber release, AttemptPhase phase);

        [LoggerMessage(
            EventIds.ReleaseRefused,
            LogLevel.Warning,
            "The release is refused ({Refusal}): {Reason}",
            EventName = nameof(EventIds.ReleaseRefused))]
        public static partial void Refused(ILogger logger, Refusal refusal, string reason);
    }
}
