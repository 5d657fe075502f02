using Bento.Validation;

namespace Bento.Transport;

/// <summary>What the options of a local directory may be.</summary>
internal sealed class LocalDirectoryOptionsRules : OptionsRules<LocalDirectoryOptions>
{
    public override IEnumerable<OptionsProblem> Check(LocalDirectoryOptions options) =>
    [
        .. Bounds.Required(nameof(options.Directory), options.Directory ?? string.Empty),
        .. Bounds.AbsolutePath(nameof(options.Directory), options.Directory),
        .. Enum.IsDefined(options.Ownership)
            ? Array.Empty<OptionsProblem>()
            : [new(
                nameof(options.Ownership),
                $"{(int)options.Ownership} is neither {AreaOwnership.CurrentUser} nor {AreaOwnership.SystemUsers}.")],
    ];
}
