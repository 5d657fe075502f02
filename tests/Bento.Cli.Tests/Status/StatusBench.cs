using System.IO.Compression;
using System.Text;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Tests.Status;

/// <summary>A Bento directory with records and areas, as deploys and agents would have left them, without either.</summary>
internal sealed class StatusBench : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly TempDirectory _directory = new();
    private readonly ServiceProvider _services;

    public StatusBench()
    {
        _ = _directory.WriteFile("bento.json", "{ }");
        _services = new ServiceCollection().AddBento(options => options.Directory = _directory.FullPath).Services.BuildServiceProvider();
    }

    public string Directory => _directory.FullPath;

    public static StorePath System(string host) =>
        StorePath.Parse($"/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-{host}-25.05");

    public Task PublishAsync(string host)
    {
        _ = global::System.IO.Directory.CreateDirectory(Path.Join(Directory, ".bento", "areas", host, "logs"));
        return _services.GetRequiredService<IStatusStore>().UpdateAsync(
            HostName.Parse(host), _ => new HostRecord
            {
                Releases = [new PublishedRelease
                {
                    Release = Release(host),
                    At = TimeProvider.System.GetUtcNow().AddHours(-1),
                    By = "operator@server",
                }],
            }, TestContext.Current.CancellationToken);
    }

    public void Report(
        string host,
        string outcome = "Succeeded",
        string reason = "The host switched to the system.",
        int attempt = 1,
        bool willRetry = false) => _directory.WriteFile(
        $".bento/areas/{host}/logs/1-{attempt}-result.json",
        $$"""{"schema":1,"release":"{{Id}}","epoch":0,"sequence":1,"attempt":{{attempt}},"at":"2026-01-01T00:00:00Z","durationSeconds":12.5,"outcome":"{{outcome}}","reason":"{{reason}}","willRetry":{{(willRetry ? "true" : "false")}},"built":"{{System(host)}}","running":"{{System(host)}}","failedUnits":[],"rebootPendingSince":null}""");

    public void Log(string host, string text, int attempt = 1)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.Latin1.GetBytes(text));
        }

        File.WriteAllBytes(Path.Join(Directory, ".bento", "areas", host, "logs", $"1-{attempt}-log.gz"), packed.ToArray());
    }

    public Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(Directory, arguments);

    public void Dispose()
    {
        _services.Dispose();
        _directory.Dispose();
    }

    private static Release Release(string host) => new()
    {
        Fleet = FleetName.Parse("bento"),
        Host = HostName.Parse(host),
        Number = new ReleaseNumber(0, 1),
        Id = ReleaseId.Parse(Id),
        Issued = DateTimeOffset.UnixEpoch,
        Expires = DateTimeOffset.MaxValue,
        Kind = ConfigurationKind.Flake,
        Attribute = host,
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 12_345,
            FileCount = 20,
            TreeHash = TreeHash.Parse("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
        },
        ExpectedSystem = System(host),
        Policy = HostPolicy.Default,
    };
}
