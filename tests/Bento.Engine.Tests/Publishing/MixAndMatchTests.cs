using System.Collections.Concurrent;
using Bento.Agents.Attempts;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.TestBench;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Engine.Tests.Publishing;

/// <summary>One publisher and many readers of one area, on a real file system.</summary>
public sealed class MixAndMatchTests
{
    private static readonly int Versions = Fuzz.IsLong ? 1000 : 120;
    private const int Readers = 8;

    private static readonly HostName Host = HostName.Parse("h1");

    private readonly ConcurrentDictionary<string, byte> _published = new();

    [Fact(Timeout = 600_000)]
    public async Task T7_whoever_fetches_while_one_version_after_the_other_is_published_gets_one_that_was()
    {
        using var directory = new TempDirectory();
        await using var services = new ServiceCollection()
            .AddBento(options => options.Directory = directory.FullPath)
            .UseLocalDirectory(options => options.Directory = directory["areas"])
            .Services.BuildServiceProvider();
        await using var session = await services.GetRequiredService<ITransport>().ConnectAsync(TestContext.Current.CancellationToken);
        using var done = new CancellationTokenSource();

        var readers = Enumerable.Range(0, Readers)
            .Select(reader => Task.Run(() => ReadAsync(session, directory[$"reader-{reader}"], done.Token)))
            .ToList();
        await WriteAsync(services.GetRequiredService<HostPublisher>(), session.OpenArea(Host), directory);
        await done.CancelAsync();
        var fetched = (await Task.WhenAll(readers)).SelectMany(trees => trees).ToList();

        Assert.Equal(Versions, _published.Count);
        Assert.True(fetched.Distinct(StringComparer.Ordinal).Count() >= Readers, $"Only {fetched.Count} fetches.");
        Assert.All(fetched, tree => Assert.True(_published.ContainsKey(tree)));
    }

    private async Task WriteAsync(HostPublisher publisher, IArea area, TempDirectory directory)
    {
        for (var version = 1; version <= Versions; version++)
        {
            // Two files that belong together: of two versions they would make a tree that nobody published.
            var source = directory[$"source-{version}"];
            _ = Directory.CreateDirectory(source);
            foreach (var name in new[] { "a", "z" })
            {
                await File.WriteAllTextAsync(Path.Join(source, name), $"{version}", TestContext.Current.CancellationToken);
            }

            var (hash, bytes) = await ContentArchive.WriteAsync(
                source, directory[$"archive-{version}"], TestContext.Current.CancellationToken);
            var tree = new ShippedTree(
                source, directory[$"archive-{version}"], new ReleaseContent
                {
                    Archive = hash,
                    ArchiveBytes = bytes,
                    FileCount = 2,
                    TreeHash = NarHash.Compute(source),
                });
            var wanted = new WantedRelease(
                new HostSpec
                {
                    Name = Host,
                    Directory = "hosts/h1",
                    Kind = ConfigurationKind.Flake,
                    Settings = new HostSettings { Policy = HostPolicy.Default },
                },
                tree.Content.TreeHash,
                SomeRelease.System("h1"));
            _published[tree.Content.TreeHash.ToString()] = 0;
            _ = await publisher.PublishAsync(
                area,
                wanted,
                await OfferedRelease.ReadAsync(area, TestContext.Current.CancellationToken),
                tree,
                null,
                TestContext.Current.CancellationToken);
            Directory.Delete(source, recursive: true);
            File.Delete(tree.Archive);
        }
    }

    /// <summary>Fetches as an agent does; content that is not what its release says would be an exception.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(ITransportSession session, string directory, CancellationToken done)
    {
        var area = session.OpenArea(Host);
        var store = new ContentStore(directory, new ContentUnpacker(1024 * 1024));
        var trees = new List<string>();
        while (!done.IsCancellationRequested)
        {
            if (await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, TestContext.Current.CancellationToken) is { } bytes)
            {
                var content = PayloadJson.Read(ReleaseFileJson.Read(bytes).Payload.Span).Content;
                await store.FetchAsync(area, content, TestContext.Current.CancellationToken);
                trees.Add(NarHash.Compute(store.Find(content)!).ToString());
                store.KeepOnly(content);
            }
        }

        return trees;
    }
}
