using Microsoft.Extensions.Options;

namespace Bento.Hosting;

/// <summary>What the options of a watcher may be.</summary>
internal sealed class FleetWatchOptionsRules : IValidateOptions<FleetWatchOptions>
{
    public ValidateOptionsResult Validate(string? name, FleetWatchOptions options)
    {
        var failures = new List<string>();
        if (options.Hosts is null)
        {
            failures.Add($"{nameof(FleetWatchOptions)}.{nameof(options.Hosts)}: Is missing.");
        }

        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromDays(1))
        {
            failures.Add(
                $"{nameof(FleetWatchOptions)}.{nameof(options.Interval)}: Must be between 1 second and 1 day, is {options.Interval:c}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
