using Bento.Building.Closures;
using Bento.Protocol;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bento.Engine.Tests.Publishing.Closures;

/// <summary>A fleet whose hosts get their systems whole, with a server in memory and without Nix.</summary>
internal sealed class ClosureBench : DeployBench
{
    public ClosureBench()
        : this(new FakeClosureExport(), new Settings())
    {
    }

    private ClosureBench(FakeClosureExport export, Settings settings)
        : base(options => options.SystemDelivery = settings.Delivery, bento => bento.Services.RemoveAll<IClosureExport>()
            .AddSingleton<IClosureExport>(export)) => Export = export;

    public FakeClosureExport Export { get; }

    /// <summary>Where the publisher keeps closures.</summary>
    public string Kept => Path.Join(Directory.FullPath, ".bento", "closures");

    public ClosureManifest Manifest(string host) => ClosureManifestJson.Read(
        Transport.Server.Get(HostName.Parse(host), AreaPath.Manifest(Current(host)!.Closure!.Manifest))!);

    /// <summary>The files of closures in an area, without their directory.</summary>
    public IReadOnlyList<string> Stored(string host) =>
    [
        .. Transport.Server.Paths(HostName.Parse(host)).Where(path => path.StartsWith("store/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether an area holds all that its current release names, byte by byte.</summary>
    public void CheckArea(string host)
    {
        var manifest = Manifest(host);
        Assert.Equal(Current(host)!.ExpectedSystem, manifest.System);
        foreach (var path in manifest.Paths)
        {
            var name = path.File.Bundle is { } bundle ? AreaPath.Bundle(manifest.Bundles[bundle].Hash) : AreaPath.Nar(path.File.Hash);
            var bytes = Transport.Server.Get(HostName.Parse(host), name)!;
            Assert.Equal(path.File.Hash, ContentHash.FromBytes(System.Security.Cryptography.SHA256.HashData(
                bytes.AsSpan((int)path.File.Offset, (int)path.File.Bytes))));
        }
    }

    public Task<DeployReport> RollBackAsync() =>
        Get<IDeployer>().RollBackAsync(new RollBackRequest(), null, TestContext.Current.CancellationToken);

    private sealed class Settings
    {
        public string Delivery { get; } = "!plain*";
    }
}
