using Microsoft.Extensions.Options;

namespace Bento.Transport;

/// <summary>The rules that no attribute states.</summary>
internal sealed class LocalDirectoryOptionsRules : IValidateOptions<LocalDirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalDirectoryOptions options)
    {
        var problems = new List<string>();
        if (!string.IsNullOrEmpty(options.Directory)
            && (!Path.IsPathFullyQualified(options.Directory) || options.Directory.Contains('\0', StringComparison.Ordinal)))
        {
            problems.Add(
                $"{nameof(LocalDirectoryOptions)}.{nameof(options.Directory)} is '{options.Directory}', which is no absolute path.");
        }

        if (!Enum.IsDefined(options.Ownership))
        {
            problems.Add(
                $"{nameof(LocalDirectoryOptions)}.{nameof(options.Ownership)} is {(int)options.Ownership}, which is neither "
                    + $"{AreaOwnership.CurrentUser} nor {AreaOwnership.SystemUsers}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
