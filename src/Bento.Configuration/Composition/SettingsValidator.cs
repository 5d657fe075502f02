using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Composition;

/// <summary>
/// Validates when an application starts, as every other options do, and says what is wrong in one round and of what somebody wrote.
/// </summary>
internal sealed class SettingsValidator(IServiceProvider services, IEnumerable<SettingsCheck> checks) : IStartupValidator
{
    /// <exception cref="InvalidFleetException">A setting is wrong.</exception>
    public void Validate()
    {
        if (checks.SelectMany(check => check.Problems(services)).ToList() is { Count: > 0 } problems)
        {
            throw new InvalidFleetException(problems);
        }

        // The application's own options, and those of Bento that its code set.
        foreach (var other in services.GetServices<IStartupValidator>().Where(other => other is not SettingsValidator))
        {
            other.Validate();
        }
    }

    /// <summary>Takes the place of the validator that the framework registered.</summary>
    public static void Register(IServiceCollection services, SettingsCheck check)
    {
        services.AddSingleton(check);
        if (services.All(service => service.ImplementationType != typeof(SettingsValidator)))
        {
            services.AddSingleton<IStartupValidator, SettingsValidator>();
        }
    }
}
