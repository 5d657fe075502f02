using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Fleets;

/// <summary>Has the settings of every fleet checked when the application starts, as all options are.</summary>
internal sealed class NamedFleetStart(IServiceProvider services) : IValidateOptions<NamedFleetStart.Options>
{
    public ValidateOptionsResult Validate(string? name, Options options)
    {
        // What is wrong is thrown as it is: it has its files and lines.
        services.GetRequiredKeyedService<NamedFleet>(name).Check();
        return ValidateOptionsResult.Success;
    }

    /// <summary>Nothing to set: they stand for what the fleet is put together from.</summary>
    internal sealed class Options;
}
