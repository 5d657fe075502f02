using Microsoft.Extensions.Options;

namespace Bento.Validation;

/// <summary>Rules that name properties, as the validator that the container runs.</summary>
internal abstract class OptionsRules<TOptions> : IValidateOptions<TOptions>, IOptionsRules<TOptions>
    where TOptions : class
{
    public abstract IEnumerable<OptionsProblem> Check(TOptions options);

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var failures = Check(options).Select(problem => $"{typeof(TOptions).Name}.{problem.Property}: {problem.Message}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
