namespace Bento.Engine.Tests.Publishing;

public sealed class ArchiveCollectionTests : IDisposable
{
    private readonly DeployBench _bench = new();

    public ArchiveCollectionTests() => _bench.Flake("lab", "h1");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task FP9_the_archives_of_three_releases_stay_and_whatever_is_younger_than_a_day()
    {
        var archives = await _bench.DeployChangesAsync("h1", 5);
        Assert.Equal(archives.Order(StringComparer.Ordinal), Archives());

        _bench.Clock.Advance(TimeSpan.FromHours(26));
        archives = [.. archives, .. await _bench.DeployChangesAsync("h1", 1)];

        Assert.Equal(archives.TakeLast(3).Order(StringComparer.Ordinal), Archives());
    }

    [Fact]
    public async Task What_is_no_archive_of_ours_is_never_collected()
    {
        await _bench.DeployChangesAsync("h1", 1);
        _bench.Transport.Server.Put(HostName.Parse("h1"), "content/README", "mine");
        _bench.Clock.Advance(TimeSpan.FromDays(9));

        await _bench.DeployChangesAsync("h1", 1);

        Assert.Equal("mine", _bench.Text("h1", "content/README"));
    }

    private IEnumerable<string> Archives() =>
        _bench.Transport.Server.Paths(HostName.Parse("h1"))
            .Where(path => path.StartsWith("content/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
