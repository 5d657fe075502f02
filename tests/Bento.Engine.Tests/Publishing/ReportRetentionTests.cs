using Bento.Transport;

namespace Bento.Engine.Tests.Publishing;

public sealed class ReportRetentionTests : IDisposable
{
    private static readonly HostName Host = HostName.Parse("h1");

    private readonly DeployBench _bench = new();

    public ReportRetentionTests()
    {
        _bench.Transport.Server.Clock = _bench.Clock;
        _bench.Flake("a", "h1");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Reports_of_long_ago_are_removed_and_the_newest_stay()
    {
        for (var attempt = 1; attempt <= 700; attempt++)
        {
            _bench.Transport.Server.Put(Host, $"logs/1-{attempt}-result.json", "{}");
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        _bench.Clock.Advance(TimeSpan.FromDays(31));
        _bench.Transport.Server.Put(Host, "logs/beat.json", "{}");
        _bench.Transport.Server.Put(Host, "logs/something else", "{}");

        await _bench.DeployAsync();

        var left = _bench.Transport.Server.Paths(Host).Where(path => path.StartsWith("logs/", StringComparison.Ordinal)).ToList();
        Assert.Equal(602, left.Count);
        Assert.DoesNotContain("logs/1-100-result.json", left);
        Assert.Contains("logs/1-101-result.json", left);
        Assert.Contains("logs/something else", left);
    }

    [Fact]
    public async Task Reports_of_this_month_stay_however_many_they_are()
    {
        for (var attempt = 1; attempt <= 700; attempt++)
        {
            _bench.Transport.Server.Put(Host, $"logs/1-{attempt}-result.json", "{}");
        }

        await _bench.DeployAsync();

        Assert.Equal(700, _bench.Transport.Server.Paths(Host).Count(path => path.StartsWith("logs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_may_not_remove_reports_publishes_all_the_same()
    {
        for (var attempt = 1; attempt <= 700; attempt++)
        {
            _bench.Transport.Server.Put(Host, $"logs/1-{attempt}-result.json", "{}");
        }

        _bench.Clock.Advance(TimeSpan.FromDays(31));
        _bench.Transport.BeforeCall = (call, _) =>
            call is { Operation: "delete" } ? throw new TransportException(TransportFailure.Denied, "Not allowed.") : Task.CompletedTask;

        Assert.True((await _bench.DeployAsync()).IsSuccess);
    }
}
