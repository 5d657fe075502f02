using Bento.Configuration.Documents;
using Bento.Configuration.Reading;
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
    /// <param name="services">The services.</param>
    /// <param name="read">The settings that were read.</param>
    /// <param name="ruled">What the rules of their file find.</param>
    /// <param name="options">The options that they became.</param>
    /// <typeparam name="TFile">What the settings were read into.</typeparam>
    /// <typeparam name="TOptions">The options that nothing runs without.</typeparam>
    public static void Register<TFile, TOptions>(
        IServiceCollection services, ReadSettings<TFile> read, IEnumerable<SettingProblem> ruled, IReadOnlyList<OptionsCheck> options)
        where TOptions : class
    {
        List<SettingProblem> found = [.. ruled];
        services.AddSingleton(new SettingsCheck(
            provider => read.With(found.Concat(options.SelectMany(part => part.Check(provider))))));
        services.AddSingleton<IValidateOptions<TOptions>>(new UnreadSettings<TOptions>(read.With(found)));
        if (services.All(service => service.ImplementationType != typeof(SettingsValidator)))
        {
            services.AddSingleton<IStartupValidator, SettingsValidator>();
        }
    }
}
