using Bento.Agents.Closures;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class FetchMeterTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<(long Bytes, long Of)> _said = [];
    private readonly FetchMeter _meter;

    public FetchMeterTests() => _meter = new FetchMeter((bytes, of) => _said.Add((bytes, of)), _clock);

    [Fact]
    public void It_speaks_at_the_beginning_then_every_few_seconds_and_at_the_end()
    {
        _meter.Expect(100);
        _meter.Add(10);
        _clock.Advance(FetchMeter.Interval);
        _meter.Add(10);
        _meter.Add(10);
        _meter.Add(70);

        Assert.Equal([(0, 100), (20, 100), (100, 100)], _said);
    }

    [Fact]
    public void What_is_to_come_on_top_counts_and_nothing_is_no_beginning()
    {
        _meter.Expect(0);
        _meter.Expect(10);
        _meter.Add(10);
        _meter.Expect(5);
        _meter.Expect(0);

        Assert.Equal([(0, 10), (10, 10), (10, 15)], _said);
    }
}
