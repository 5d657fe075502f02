using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bento.Telemetry;

namespace Bento.Engine.Tests.Telemetry;

/// <summary>Listens to the spans and the numbers of one test: others run beside it.</summary>
internal sealed class Listening : IDisposable
{
    private const string TestSource = "Bento.Engine.Tests";

    private static readonly ActivitySource Tests = new(TestSource);

    private readonly ActivityListener _spans;
    private readonly MeterListener _numbers;
    private readonly Activity? _test;
    private readonly AsyncLocal<bool> _isHere = new() { Value = true };

    public Listening()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name is BentoTelemetry.SourceName or TestSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == _test?.TraceId)
                {
                    Spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_spans);
        Activity.Current = null;
        _test = Tests.StartActivity("test");
        _numbers = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == BentoTelemetry.SourceName)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        _numbers.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _numbers.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _numbers.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        _numbers.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    /// <summary>What was measured: <c>name tag=value</c>, and how much.</summary>
    public ConcurrentQueue<(string What, double Value)> Numbers { get; } = new();

    public IEnumerable<string> Names => Spans.Select(span => span.OperationName).Distinct();

    public Activity Span(string name) => Spans.First(span => span.OperationName == name);

    public double Sum(string what) => Numbers.Where(number => number.What == what).Sum(number => number.Value);

    public void Dispose()
    {
        _test?.Dispose();
        _numbers.Dispose();
        _spans.Dispose();
    }

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_isHere.Value)
        {
            var words = tags.ToArray().Where(tag => tag.Value is not null).Select(tag => $" {tag.Key}={tag.Value}");
            Numbers.Enqueue((instrument.Name + string.Concat(words), value));
        }
    }
}
