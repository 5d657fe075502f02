using Bento.Hosts;
using Bento.Protocol;
using Bento.TestBench;
using Bento.Testing.Transport;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Tests.Composition;

public sealed class FromDirectoryTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task An_application_has_the_settings_that_the_program_has()
    {
        await using var services = Services("""
            {
              // as somebody wrote it
              "fleet": "home",
              "areas": { "directory": "areas" },
              "signing": { "keys": ["key"] },
              "hosts": { "web": { "tags": ["lab"], "healthChecks": [{ "unit": "nginx.service" }, { "http": "http://localhost/" }] } },
            }
            """);

        services.GetRequiredService<IStartupValidator>().Validate();

        var options = services.GetRequiredService<IOptions<BentoOptions>>().Value;
        Assert.Equal((_directory.FullPath, "home"), (options.Directory, options.Fleet));
        Assert.Equal(["lab"], options.Hosts["web"].Tags);
        Assert.Equal(
            [typeof(HealthCheck.Unit), typeof(HealthCheck.Http)], options.Hosts["web"].HealthChecks.Select(check => check.GetType()));
        Assert.Equal(_directory["areas"], services.GetRequiredService<IOptions<LocalDirectoryOptions>>().Value.Directory);
        Assert.Equal([_directory["key"]], services.GetRequiredService<IOptions<SigningOptions>>().Value.KeyFiles);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_when_the_application_starts_in_one_round_with_its_place()
    {
        await using var services = Services(
            """
            {
              "keepAttempts": "many",
              "hosts": { "web": { "rebootWindow": "25:00-26:00" } },
              "signing": { "keys": ["key", "key"] }
            }
            """,
            new() { ["BENTO_RELEASEDAYS"] = "0" });

        var exception = Assert.Throws<InvalidFleetException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(
            [
                "bento.json:2: $.keepAttempts",
                "bento.json:3: $.hosts.web.rebootWindow",
                "$BENTO_RELEASEDAYS",
                "bento.json:4: $.signing.keys",
            ],
            exception.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public async Task A_program_that_validates_nothing_at_its_start_does_not_run_with_a_default_instead()
    {
        await using var services = Services("""{ "keepAttempts": "many" }""");

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<BentoOptions>>().Value);

        Assert.Equal(
            "bento.json:1: $.keepAttempts: Expected a whole number, found a text.", Assert.Single(exception.Failures));
    }

    [Fact]
    public async Task What_the_application_says_later_comes_before_the_file()
    {
        _directory.WriteFile("bento.json", """{ "fleet": "home" }""");
        var collection = new ServiceCollection();
        _ = collection.AddBento().FromDirectory(_directory.FullPath);
        _ = collection.Configure<BentoOptions>(options => options.Fleet = "work");
        await using var services = collection.BuildServiceProvider();

        Assert.Equal("work", services.GetRequiredService<IOptions<BentoOptions>>().Value.Fleet);
    }

    [Theory]
    [InlineData("""{ "areas": { "directory": "areas" } }""")]
    [InlineData("""{ "server": { "host": "x", "user": "u", "privateKeyFile": "k", "directory": "/srv", "hostKeys": ["none"] } }""")]
    public async Task A_transport_of_the_application_stays(string text)
    {
        _directory.WriteFile("bento.json", text);
        var collection = new ServiceCollection();
        _ = collection.AddSingleton<ITransport>(new InMemoryTransport());
        _ = collection.AddBento().FromDirectory(_directory.FullPath);
        await using var services = collection.BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.IsType<InMemoryTransport>(services.GetRequiredService<ITransport>());
    }

    [Fact]
    public void A_directory_that_describes_no_fleet_is_told_at_once()
    {
        var builder = new ServiceCollection().AddBento();

        var exception = Assert.Throws<InvalidFleetException>(() => builder.FromDirectory(_directory.FullPath));

        Assert.Contains("No Bento directory here", exception.Message);
    }

    private ServiceProvider Services(string text, Dictionary<string, string>? environment = null)
    {
        _directory.WriteFile("bento.json", text);
        var services = new ServiceCollection();
        _ = services.AddBento().FromDirectory(_directory.FullPath, environment);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
