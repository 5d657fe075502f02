using Bento.Publishing;
using Bento.Telemetry;

namespace Bento.Engine.Tests.Telemetry;

/// <summary>What telemetry costs while nobody listens. Nothing else runs meanwhile: others listen.</summary>
[Collection(nameof(TelemetryCostTests))]
[CollectionDefinition(nameof(TelemetryCostTests), DisableParallelization = true)]
public sealed class TelemetryCostTests
{
    private const int Times = 1000;

    [Fact]
    public void A_span_and_a_measurement_that_nobody_hears_allocate_nothing()
    {
        Measure();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var time = 0; time < Times; time++)
        {
            Measure();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Measure()
    {
        using var activity = BentoTelemetry.Source.StartActivity(SpanNames.Download);
        _ = activity?.SetTag(TagNames.Path, "path");
        Instruments.Sent(1);
        Instruments.Received(1);
        Instruments.ProcessDuration.Record(1.5, Instruments.Tag(TagNames.Executable, null));
        Instruments.HostEnded("office", "deploy", DeployOutcome.Published);
    }
}
