using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Trust;

/// <summary>
/// What the signing of a fleet may be; every problem at once. Whether the files are there is found out when they are used.
/// </summary>
internal sealed class SigningOptionsRules : IValidateOptions<SigningOptions>
{
    public ValidateOptionsResult Validate(string? name, SigningOptions options)
    {
        var problems = options.KeyFiles
            .Select((path, index) => (path, index))
            .Where(key => !Path.IsPathFullyQualified(key.path ?? string.Empty))
            .Select(key => $"signing.keys[{key.index}]: '{key.path}' is not an absolute path.")
            .ToList();
        problems.AddRange(options.KeyFiles
            .GroupBy(path => path, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => $"signing.keys: '{same.Key}' stands there {same.Count()} times; a key counts once."));
        if (options.KeyFiles.Count > EnvelopeJson.MaxSignatures)
        {
            problems.Add(
                $"signing.keys: there are {options.KeyFiles.Count}; a release has at most {EnvelopeJson.MaxSignatures} signatures.");
        }

        if (options.Threshold is { } threshold && (threshold < 1 || threshold > options.KeyFiles.Count))
        {
            problems.Add($"signing.threshold: {threshold} keys must sign, of {options.KeyFiles.Count} in signing.keys.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
