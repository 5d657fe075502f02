using Bento.Configuration.Reading;
using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Composition;

/// <summary>Checks settings when services are built.</summary>
internal static class SettingsValidation
{
    /// <summary>Everything that is wrong is said at once: what the schema, the rules of a file and those of the library find.</summary>
    public static ServiceProvider Build<T>(ServiceCollection services, ReadSettings<T> read, IEnumerable<string> ruled)
    {
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var failures = Failures(provider);
        return read.With([.. ruled, .. failures]) is { Count: > 0 } problems ? throw Disposed(provider, problems) : provider;
    }

    private static IReadOnlyList<string> Failures(ServiceProvider provider)
    {
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
        {
            return [.. exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(failure => failure.Failures)];
        }
    }

    private static InvalidFleetException Disposed(ServiceProvider provider, IReadOnlyList<FleetProblem> problems)
    {
        provider.Dispose();
        return new InvalidFleetException(problems);
    }
}
