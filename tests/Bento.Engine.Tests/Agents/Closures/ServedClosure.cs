using System.Security.Cryptography;
using Bento.Engine.Tests.Protocol;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Testing.Transport;

namespace Bento.Engine.Tests.Agents.Closures;

/// <summary>A closure of random bytes in an area in memory, and a release that names it.</summary>
internal sealed class ServedClosure
{
    /// <param name="transport">Where it lies.</param>
    /// <param name="smallPaths">How many paths are in its bundle.</param>
    /// <param name="largeBytes">How long its one large file is.</param>
    /// <param name="patch">A patch that is said to make the large path.</param>
    /// <param name="store">The store.</param>
    /// <param name="archive">The archive of the large path; null for none that anybody has.</param>
    /// <param name="largeNarBytes">How long it is said to be.</param>
    public ServedClosure(
        InMemoryTransport transport,
        int smallPaths = 20,
        int largeBytes = 300_000,
        byte[]? patch = null,
        string store = "/nix/store",
        byte[]? archive = null,
        long largeNarBytes = 100)
    {
        var small = Enumerable.Range(0, smallPaths).Select(index => RandomNumberGenerator.GetBytes(100 + (index * 37))).ToList();
        byte[] bundle = [.. small.SelectMany(bytes => bytes)];
        var large = RandomNumberGenerator.GetBytes(largeBytes);
        var paths = new List<ClosurePath>();
        var offset = 0L;
        foreach (var (bytes, index) in small.Select((bytes, index) => (bytes, index)))
        {
            paths.Add(Path(index, $"small-{index}", new ClosureFile
            {
                Hash = HashOf(bytes),
                Bytes = bytes.Length,
                Bundle = 0,
                Offset = offset,
            }));
            offset += bytes.Length;
        }

        var whole = Path(paths.Count, "large", new ClosureFile { Hash = HashOf(large), Bytes = large.Length });
        paths.Add(whole with
        {
            NarBytes = largeNarBytes,
            NarHash = archive is null ? whole.NarHash : TreeHash.FromBytes(SHA256.HashData(archive)),
            Patch = patch is null ? null : new ClosurePatch
            {
                From = In(store, SomeClosure.StorePath(9_999, "large")),
                FromBytes = 100,
                File = new ClosureFile { Hash = HashOf(patch), Bytes = patch.Length },
            },
        });
        paths.Add(Path(paths.Count, "nixos-system-h1", paths[0].File) with { References = [.. Enumerable.Range(0, paths.Count)] });
        Manifest = new ClosureManifest
        {
            Bundles = [new ClosureBundle { Hash = HashOf(bundle), Bytes = bundle.Length }],
            Paths = [.. paths.Select(path => path with { Path = In(store, path.Path) })],
        };
        ManifestFile = ClosureManifestJson.Write(Manifest);
        Release = ReleaseIdentity.WithId(SomeRelease.Of() with
        {
            ExpectedSystem = Manifest.System,
            Closure = new ReleaseClosure { Manifest = HashOf(ManifestFile), ManifestBytes = ManifestFile.Length },
        });
        transport.Server.Put(Release.Host, AreaPath.Manifest(HashOf(ManifestFile)), ManifestFile);
        transport.Server.Put(Release.Host, AreaPath.Bundle(HashOf(bundle)), bundle);
        transport.Server.Put(Release.Host, AreaPath.Nar(HashOf(large)), large);
        if (patch is not null)
        {
            transport.Server.Put(Release.Host, AreaPath.Patch(HashOf(patch)), patch);
        }
    }

    public ClosureManifest Manifest { get; }

    public byte[] ManifestFile { get; }

    public Release Release { get; }

    public static ContentHash HashOf(byte[] bytes) => ContentHash.FromBytes(SHA256.HashData(bytes));

    private static StorePath In(string store, StorePath path) => StorePath.Parse($"{store}/{path.BaseName}");

    private static ClosurePath Path(int index, string name, ClosureFile file) =>
        SomeClosure.Path(index, name, file) with { NarBytes = 100 };
}
