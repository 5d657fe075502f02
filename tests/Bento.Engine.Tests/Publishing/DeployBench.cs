using System.Formats.Tar;
using System.IO.Compression;
using Bento.Building;
using Bento.Engine.Tests.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Status;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Publishing;

/// <summary>A fleet as embedders get it, with a server in memory and, unless another builder is given, without Nix.</summary>
internal class DeployBench : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly bool _isDirectoryOurs;

    public DeployBench(
        Action<BentoOptions>? configure = null,
        Action<IBentoBuilder>? parts = null,
        bool isNixReal = false,
        TempDirectory? directory = null,
        InMemoryTransport? transport = null)
    {
        _isDirectoryOurs = directory is null;
        Directory = directory ?? new TempDirectory();
        Transport = transport ?? new InMemoryTransport();
        var services = new ServiceCollection();
        services.AddSingleton<ITransport>(Transport).AddSingleton<TimeProvider>(Clock);
        if (!isNixReal)
        {
            services.AddSingleton<ISystemBuilder>(Builder);
        }

        var builder = services.AddBento(options =>
        {
            options.Directory = Directory.FullPath;
            configure?.Invoke(options);
        });
        parts?.Invoke(builder);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public TempDirectory Directory { get; }

    public InMemoryTransport Transport { get; }

    /// <summary>Far enough from the files that a tree counts as settled.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

    public FakeSystemBuilder Builder { get; } = new();

    public EventLog Events { get; } = new();

    public IStatusStore Store => _services.GetRequiredService<IStatusStore>();

    public IFleetStatus Status => _services.GetRequiredService<IFleetStatus>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A line for each host: its name, what became of it, the number of its release.</summary>
    public static IEnumerable<string> Lines(DeployReport report) =>
        report.Hosts.Select(host => $"{host.Host} {host.Outcome} {(host.Outcome is DeployOutcome.Failed ? null : host.Number)}".TrimEnd());

    public Task<DeployReport> DeployAsync(string hosts = "*", IProgress<FleetEvent>? progress = null) => Get<IDeployer>().DeployAsync(
        new DeployRequest { Hosts = HostSelector.Parse(hosts) }, progress ?? Events, TestContext.Current.CancellationToken);

    public string Flake(string directory, params string[] lines) =>
        Directory.WriteFile($"hosts/{directory}/flake.nix", string.Join('\n', lines));

    public Release? Current(string host) => Transport.Server.Get(HostName.Parse(host), "release.json") is { } bytes
        ? PayloadJson.Read(ReleaseFileJson.Read(bytes).Payload.Span)
        : null;

    /// <summary>A file of the tree that the current release of a host ships.</summary>
    public string? Shipped(string host, string path)
    {
        var archive = Transport.Server.Get(HostName.Parse(host), $"content/{Current(host)!.Content.Archive}.tar.gz")!;
        using var tar = new TarReader(new GZipStream(new MemoryStream(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == path)
            {
                return new StreamReader(entry.DataStream!).ReadToEnd();
            }
        }

        return null;
    }

    public string? Text(string host, string path) =>
        Transport.Server.Get(HostName.Parse(host), path) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    public async Task<HostRecord> RecordAsync(string host) =>
        await Store.ReadAsync(HostName.Parse(host), TestContext.Current.CancellationToken);

    /// <summary>What changed on the server since a number of calls, without the names that are hashes.</summary>
    public IReadOnlyList<string> Changes(int since = 0) =>
    [
        .. Transport.Calls.Skip(since)
            .Where(call => call.Operation is "write" or "make" or "remove" or "delete")
            .Select(call =>
                $"{call.Host} {call.Operation} {(call.Path.StartsWith("content/", StringComparison.Ordinal) ? "content" : call.Path)}"),
    ];

    public void Dispose()
    {
        _services.Dispose();
        if (_isDirectoryOurs)
        {
            Directory.Dispose();
        }
    }

    /// <summary>Deploys as many times, each time with another file.</summary>
    /// <returns>The archives that the host got.</returns>
    public async Task<IReadOnlyList<string>> DeployChangesAsync(string host, int times)
    {
        var archives = new List<string>();
        for (var i = 0; i < times; i++)
        {
            Flake("lab", host, $"# {Guid.NewGuid()}");
            await DeployAsync();
            archives.Add($"content/{Current(host)!.Content.Archive}.tar.gz");
        }

        return archives;
    }
}
