using Bento.Building;
using Bento.Fleets;
using Bento.Hosts;
using Bento.TestBench;
using Bento.Testing.Fleet;
using Bento.Testing.Transport;
using Bento.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Tests.Composition;

/// <summary>
/// An application that keeps two fleets: one from its settings, one from a Bento directory. Nix and the servers are scripted.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    public Office()
    {
        var desks = Directory.CreateDirectory(_directory["desks"]).FullName;
        var shops = Directory.CreateDirectory(_directory["shops"]).FullName;
        Describe(desks, "anna");
        Describe(shops, "till");
        Write("""{ "fleet": "shops", "hosts": { "till": { "tags": ["old"] } } }""");
        Settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Desks:directory"] = desks,
            ["Desks:fleet"] = "desks",
            ["Desks:hosts:anna:tags:0"] = "old",
        }).Build();
        var builder = new ScriptedBuilder(Directory.CreateDirectory(_directory["store"]).FullName, isOnHost: false, new FaultPoint());
        Application = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(Log)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddKeyedSingleton<ITransport>("desks", Desks)
            .AddKeyedSingleton<ITransport>("shops", Shops)
            .AddKeyedSingleton<ISystemBuilder>("desks", builder)
            .AddKeyedSingleton<ISystemBuilder>("shops", builder)
            .AddBento("desks", bento => bento.FromConfiguration(Settings.GetSection("Desks")).Services.AddSingleton<Closing>())
            .AddBento("shops", bento => bento.FromDirectory(shops))
            .BuildServiceProvider();
    }

    public IConfigurationRoot Settings { get; }

    public ServiceProvider Application { get; }

    public InMemoryTransport Desks { get; } = new();

    public InMemoryTransport Shops { get; } = new();

    public KeptLog Log { get; } = new();

    public IFleetFactory Fleets => Application.GetRequiredService<IFleetFactory>();

    public void Start() => Application.GetRequiredService<IStartupValidator>().Validate();

    public async Task<BentoOptions> SettingsOfAsync(string name)
    {
        await using var fleet = Fleets.Open(name);
        return fleet.Services.GetRequiredService<IOptions<BentoOptions>>().Value;
    }

    /// <summary>Writes the bento.json of the shops, as an editor does.</summary>
    public void Write(string json)
    {
        File.WriteAllText(_directory["shops/bento.json.new"], json);
        File.Move(_directory["shops/bento.json.new"], _directory["shops/bento.json"], overwrite: true);
    }

    /// <summary>Changes the settings of the application.</summary>
    public void Set(string key, string? value)
    {
        Settings[key] = value;
        Settings.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        _directory.Dispose();
    }

    private static void Describe(string directory, string host)
    {
        _ = Directory.CreateDirectory(Path.Join(directory, "hosts", host));
        File.WriteAllText(Path.Join(directory, "hosts", host, "flake.nix"), $"{host} 1 plain\n");
    }

    /// <summary>Something that a fleet holds open.</summary>
    internal sealed class Closing : IDisposable
    {
        public bool IsClosed { get; private set; }

        public void Dispose() => IsClosed = true;
    }
}
