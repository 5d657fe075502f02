using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Status;

/// <summary>A deployed fleet whose hosts report by hand.</summary>
internal sealed class FleetStatusBench : DeployBench
{
    private static readonly HostName H1 = HostName.Parse("h1");

    public FleetStatusBench() => Flake("lab", "h1", "h2");

    public static ServiceProvider Services(TempDirectory areas) => new ServiceCollection()
        .AddBento(options => options.Directory = areas.FullPath).UseLocalDirectory(options => options.Directory = areas[".bento/areas"])
        .Services.BuildServiceProvider();

    public AttemptResult Result(string host)
    {
        var release = Current(host)!;
        return new AttemptResult
        {
            Release = release.Id,
            Number = release.Number,
            Attempt = 1,
            At = Clock.GetUtcNow(),
            Duration = TimeSpan.FromSeconds(1),
            Outcome = AttemptOutcome.Succeeded,
            Reason = "The host switched to the system.",
            Running = release.ExpectedSystem,
            Built = release.ExpectedSystem,
        };
    }

    public void Report(AttemptResult result)
    {
        var host = new[] { H1, HostName.Parse("h2") }.First(host => Current(host.ToString())?.Id == result.Release);
        Transport.Server.Put(host, $"logs/{result.Number.Sequence}-{result.Attempt}-result.json", ReportJson.Write(result));
    }

    public async Task PublishAgainAsync()
    {
        Directory.WriteFile("hosts/lab/note.txt", $"{Clock.GetUtcNow():O}");
        await DeployAsync();
    }

    public Task<IReadOnlyList<HostHistory>> HistoryAsync() =>
        Get<IFleetHistory>().ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);

    public Task<HostLog?> LogAsync() =>
        Get<IFleetHistory>().ReadLogAsync(H1, new ReleaseNumber(0, 1), 1, TestContext.Current.CancellationToken);

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    public async Task DeleteAsync(string path)
    {
        await using var session = await Transport.ConnectAsync(TestContext.Current.CancellationToken);
        await session.OpenArea(H1).DeleteAsync(path, TestContext.Current.CancellationToken);
    }

    public Task<IReadOnlyList<HostStatus>> StatusAsync() => Status.ReadAsync(HostSelector.All, TestContext.Current.CancellationToken);
}
