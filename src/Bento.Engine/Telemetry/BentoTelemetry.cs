using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bento.Telemetry;

/// <summary>What Bento tells the tools that watch a program: one source of spans and one meter, both with the version of Bento.</summary>
/// <remarks>Costs next to nothing while nobody listens. What there is to hear is listed in docs/guide/telemetry.md.</remarks>
public static class BentoTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string SourceName = "Bento";

    internal static ActivitySource Source { get; } = new(SourceName, BentoVersion.Current);

    internal static Meter Meter { get; } = new(SourceName, BentoVersion.Current);
}
