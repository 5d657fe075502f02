using System.Globalization;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Benchmarks.Fleets;

/// <summary>
/// A fleet on disk: for each host a record with a release and the attempts at it, and in its area the reports, the log and the heartbeat.
/// </summary>
internal sealed class SampleFleet(string directory, IStatusStore store)
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public async Task WriteAsync(IReadOnlyList<HostName> hosts) => await Parallel.ForEachAsync(hosts, async (host, token) =>
    {
        var release = Release(host);
        await store.UpdateAsync(
            host,
            _ => new HostRecord
            {
                Releases = [new PublishedRelease { Release = release, At = Now.AddDays(-1), By = "operator@server" }],
            },
            token);
        var logs = Path.Join(directory, ".bento", "areas", host.ToString(), "logs");
        _ = Directory.CreateDirectory(logs);
        var number = string.Create(
            CultureInfo.InvariantCulture, $"\"schema\":1,\"release\":\"{Id}\",\"epoch\":0,\"sequence\":1,\"attempt\":1,\"at\":\"{Now:O}\"");
        await File.WriteAllTextAsync(Path.Join(logs, "1-1-start.json"), $$"""{{{number}},"running":null}""", token);
        await File.WriteAllTextAsync(
            Path.Join(logs, "1-1-result.json"),
            $$"""{{{number}},"durationSeconds":12.5,"outcome":"Succeeded","reason":"The host switched to the system.","willRetry":false,"built":"{{release.ExpectedSystem}}","running":"{{release.ExpectedSystem}}","failedUnits":[],"rebootPendingSince":null}""",
            token);
        await File.WriteAllTextAsync(
            Path.Join(logs, "beat.json"),
            $$"""{"schema":1,"at":"{{Now:O}}","intervalSeconds":86400,"agent":"0.1.0","running":"{{release.ExpectedSystem}}","booted":"{{release.ExpectedSystem}}","release":"{{Id}}","refusal":null,"detail":null,"rebootPendingSince":null}""",
            token);
    });

    /// <summary>What a warm status opens: the record and the heartbeat of each host.</summary>
    public IReadOnlyList<string> FilesThatStatusReads(IReadOnlyList<HostName> hosts) =>
    [
        .. hosts.SelectMany(host => new[]
        {
            Path.Join(directory, ".bento", "hosts", $"{host}.json"),
            Path.Join(directory, ".bento", "areas", host.ToString(), "logs", "beat.json"),
        }),
    ];

    private static Release Release(HostName host) => new()
    {
        Fleet = FleetName.Parse("bento"),
        Host = host,
        Number = new ReleaseNumber(0, 1),
        Id = ReleaseId.Parse(Id),
        Issued = Now.AddDays(-1),
        Expires = Now.AddDays(29),
        Kind = ConfigurationKind.Flake,
        Attribute = host.ToString(),
        Content = new ReleaseContent
        {
            Archive = ContentHash.FromBytes(new byte[32]),
            ArchiveBytes = 12_345,
            FileCount = 20,
            TreeHash = TreeHash.Parse("sha256-pQpattmS9VmO3ZIQUFn66az8GSmB4IvYhTTCFn6SUmo="),
        },
        ExpectedSystem = StorePath.Parse($"/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-{host}-25.05"),
        Policy = HostPolicy.Default,
    };
}
