using Bento.Protocol;
using Bento.Validation;

namespace Bento.Trust;

/// <summary>What the signing of a fleet may be. Whether the files are there is found out when they are used.</summary>
internal sealed class SigningOptionsRules : OptionsRules<SigningOptions>
{
    public override IEnumerable<OptionsProblem> Check(SigningOptions options) =>
    [
        .. options.KeyFiles.SelectMany((path, index) => Key($"{nameof(options.KeyFiles)}[{index}]", path)),
        .. options.KeyFiles.GroupBy(path => path, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => new OptionsProblem(
                nameof(options.KeyFiles), $"'{same.Key}' is listed {same.Count()} times, but a key counts once.")),
        .. options.KeyFiles.Count > ReleaseFileJson.MaxSignatures
            ? [new OptionsProblem(
                nameof(options.KeyFiles),
                $"There are {options.KeyFiles.Count} keys, but a release has at most {ReleaseFileJson.MaxSignatures} signatures.")]
            : Array.Empty<OptionsProblem>(),
        .. options.Threshold is { } threshold && (threshold < 1 || threshold > options.KeyFiles.Count)
            ? [new OptionsProblem(
                nameof(options.Threshold), $"{threshold} {Keys(threshold)} must sign, but there {AreKeys(options.KeyFiles.Count)}.")]
            : Array.Empty<OptionsProblem>(),
    ];

    private static IEnumerable<OptionsProblem> Key(string property, string? path) =>
        string.IsNullOrEmpty(path) ? Bounds.Required(property, string.Empty) : Bounds.AbsolutePath(property, path);

    private static string Keys(int count) => count == 1 ? "key" : "keys";

    private static string AreKeys(int count) => count == 1 ? "is 1 key" : $"are {count} keys";
}
