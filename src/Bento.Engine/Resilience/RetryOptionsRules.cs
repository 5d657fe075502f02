using Microsoft.Extensions.Options;

namespace Bento.Resilience;

/// <summary>What retry options may be; every problem at once.</summary>
internal sealed class RetryOptionsRules : IValidateOptions<RetryOptions>
{
    public ValidateOptionsResult Validate(string? name, RetryOptions options)
    {
        var problems = new List<string>();
        if (options.MaxRetries is < 0 or > 100)
        {
            problems.Add($"MaxRetries is {options.MaxRetries}; it goes from 0 to 100.");
        }

        if (options.Pause <= TimeSpan.Zero || options.Pause > TimeSpan.FromHours(1))
        {
            problems.Add($"Pause is {options.Pause}; it is above zero and at most one hour.");
        }

        if (options.MaxPause < options.Pause)
        {
            problems.Add($"MaxPause ({options.MaxPause}) is below Pause ({options.Pause}).");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
