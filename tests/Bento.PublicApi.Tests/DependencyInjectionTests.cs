using Bento.Agents;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.PublicApi.Tests;

public sealed class DependencyInjectionTests
{
    [Fact]
    public void Adding_Bento_twice_adds_nothing_the_second_time()
    {
        var once = new ServiceCollection();
        _ = once.AddBento();
        var twice = new ServiceCollection();
        _ = twice.AddBento();
        _ = twice.AddBento();

        Assert.Equal(Described(once), Described(twice));
    }

    [Fact]
    public async Task An_operator_gets_a_deployer_and_a_status_with_full_validation()
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = "/fleet");
        await using var provider = services.BuildServiceProvider(Strict);

        Assert.NotNull(provider.GetRequiredService<IDeployer>());
        Assert.NotNull(provider.GetRequiredService<IFleetStatus>());
    }

    [Fact]
    public async Task A_host_gets_an_agent_with_full_validation()
    {
        var services = new ServiceCollection();
        _ = services.AddBentoAgent(options => options.Host = "web")
            .ConfigureTrust(options => options.AllowUnsigned = true)
            .UseLocalDirectory(options => options.Directory = "/areas");
        await using var provider = services.BuildServiceProvider(Strict);

        Assert.NotNull(provider.GetRequiredService<IAgent>());
    }

    private static ServiceProviderOptions Strict => new() { ValidateOnBuild = true, ValidateScopes = true };

    /// <summary>What a provider would hold; each call adds its own delegate that configures options, and that is meant.</summary>
    private static List<string> Described(ServiceCollection services) =>
    [
        .. services
            .Where(service => service.ImplementationInstance is null
                || !service.ServiceType.Name.StartsWith("IConfigureOptions", StringComparison.Ordinal))
            .Select(service => $"{service.Lifetime} {service.ServiceType} {service.ImplementationType}")
            .Order(StringComparer.Ordinal),
    ];
}
