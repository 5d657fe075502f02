using System.Diagnostics;
using Bento.Agents.Journal;
using Bento.Telemetry;

namespace Bento.Agents.Attempts;

/// <summary>One phase of an attempt, for what watches a program: a span, and how long it took.</summary>
internal sealed class PhaseTrace(AttemptPhase phase, TimeProvider clock) : IDisposable
{
    private readonly Activity? _activity =
        BentoTelemetry.Source.StartActivity(SpanNames.AttemptPhase)?.SetTag(TagNames.Phase, Words.Of(phase));

    private readonly long _began = clock.GetTimestamp();

    /// <summary>What the phase ended with.</summary>
    public void Ended(AttemptEvent happened)
    {
        if (happened is AttemptEvent.Failed failed)
        {
            _activity.Fails(failed.Reason, Words.Of(failed.Outcome));
        }
    }

    public void Dispose()
    {
        if (Instruments.PhaseDuration.Enabled)
        {
            Instruments.PhaseDuration.Record(
                clock.GetElapsedTime(_began).TotalSeconds, Instruments.Tag(TagNames.Phase, Words.Of(phase)));
        }

        _activity?.Dispose();
    }
}
