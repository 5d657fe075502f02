using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Dashboard.Tests;

/// <summary>Over a Bento directory as the program leaves it: bento.json, records in files, an area in which an agent reported.</summary>
public sealed class RealDirectoryTests
{
    [Fact(Timeout = 60_000)]
    public async Task What_an_agent_reports_is_on_the_page_without_a_restart()
    {
        using var directory = new TempDirectory();
        _ = directory.WriteFile("bento.json", """{ "fleet": "made" }""");
        _ = Directory.CreateDirectory(Path.Join(directory.FullPath, ".bento", "areas", "web-1", "logs"));
        await using var bench = await DashboardBench.StartAsync((services, _) => services.AddBento().FromDirectory(directory.FullPath));
        var host = MadeHosts.Host(0, bench.Now);
        await using (var services = new ServiceCollection().AddBento().FromDirectory(directory.FullPath).Services.BuildServiceProvider())
        {
            _ = await services.GetRequiredService<IStatusStore>().UpdateAsync(
                host.Host,
                _ => MadeHosts.Record(host, 0, bench.Now) with { Attempts = [] },
                TestContext.Current.CancellationToken);
        }

        await bench.UntilAsync(look => look.Fleet.Hosts is [{ State: HostState.NewMachine }]);
        Assert.Contains("new machine", await bench.GetAsync("/"), StringComparison.Ordinal);
        _ = directory.WriteFile(
            ".bento/areas/web-1/logs/12-1-result.json",
            $$"""
            {"schema":1,"release":"0123456789abcdef0123456789abcdef","epoch":0,"sequence":12,"attempt":1,"at":"2026-01-01T00:00:00Z",
            "durationSeconds":12.5,"outcome":"BuildFailed","reason":"builder for 'nginx.drv' failed",
            "willRetry":false,"built":null,"running":"{{MadeHosts.System(2)}}",
            "failedUnits":[],"rebootPendingSince":null}
            """);
        await bench.UntilAsync(look => look.Fleet.Hosts is [{ State: HostState.Failing }]);

        Assert.Contains("1 of 1 host needs attention", await bench.GetAsync("/"), StringComparison.Ordinal);
        var page = await bench.GetAsync("/hosts/web-1");
        Assert.Contains("build failed", page, StringComparison.Ordinal);
        Assert.Contains("by <bdi>maya@deploy</bdi>", page, StringComparison.Ordinal);
    }
}
