using System.Text;
using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Status;

/// <summary>Two hosts on a real file system, one of which is hostile.</summary>
internal sealed class HostileArea : IDisposable
{
    private static readonly HostName Good = HostName.Parse("good");
    private static readonly HostName Bad = HostName.Parse("bad");

    public TempDirectory Root { get; } = new();
    private readonly ServiceProvider _services;

    public HostileArea()
    {
        _services = new ServiceCollection().AddBento(options => options.Directory = Root.FullPath).Services.BuildServiceProvider();
        foreach (var host in new[] { Bad, Good })
        {
            var release = SomeRelease.Of(host.ToString());
            _ = _services.GetRequiredService<IStatusStore>().UpdateAsync(
                host, _ => new HostRecord
                {
                    Releases = [new PublishedRelease
                    {
                        Release = release,
                        At = TimeProvider.System.GetUtcNow().AddHours(-1),
                        By = "me",
                    }],
                }, CancellationToken.None);
            Write(host, "1-1-result.json", Result(host));
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        Root.Dispose();
    }

    public static void IsWell(HostStatus status)
    {
        Assert.Equal(HostState.UpToDate, status.State);
        Assert.Empty(status.Remarks);
    }

    public static AttemptResult Result(HostName host) => RecordUpdateTests.Result(1, 1, AttemptOutcome.Succeeded) with
    {
        Release = SomeRelease.Of(host.ToString()).Id,
        Running = SomeRelease.System(host.ToString()),
        Built = SomeRelease.System(host.ToString()),
    };

    public async Task IsOneRemarkAsync(string remark)
    {
        var statuses = await ReadAsync();

        Assert.Equal((HostState.UpToDate, remark), (statuses[Bad].State, Assert.Single(statuses[Bad].Remarks)));
        IsWell(statuses[Good]);
    }

    public async Task<Dictionary<HostName, HostStatus>> ReadAsync() =>
        (await _services.GetRequiredService<IFleetStatus>()
            .ReadAsync(HostSelector.All, TestContext.Current.CancellationToken)).ToDictionary(status => status.Host);

    public void Write(HostName host, string name, AttemptResult result) => Write(host, name, ReportJson.Write(result));

    public void Write(HostName host, string name, Heartbeat beat) => Write(host, name, ReportJson.Write(beat));

    public void Write(HostName host, string name, byte[] bytes) =>
        Root.WriteFile($".bento/areas/{host}/logs/{name}", Encoding.UTF8.GetString(bytes));

    public string LogPath(string name) => Root[$".bento/areas/bad/logs/{name}"];
}
