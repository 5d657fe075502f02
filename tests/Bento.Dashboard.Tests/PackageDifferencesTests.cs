using Dashboard.Board;

namespace Bento.Dashboard.Tests;

public sealed class PackageDifferencesTests
{
    [Fact(Timeout = 30_000)]
    public async Task Two_systems_are_compared_once_whoever_asks()
    {
        var closures = new MadeClosures();
        using var differences = new PackageDifferences(closures);
        var host = MadeHosts.Host(5, DateTimeOffset.UnixEpoch);

        var first = await differences.ReadAsync(host, TestContext.Current.CancellationToken);
        var second = await differences.ReadAsync(host, TestContext.Current.CancellationToken);

        Assert.Same(first, second);
        Assert.Equal(2, closures.Reads);
        Assert.Contains(first!.Difference!.Packages, package => package.Name == "nginx");
        Assert.Null(await differences.ReadAsync(MadeHosts.Host(1, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken));
    }
}
