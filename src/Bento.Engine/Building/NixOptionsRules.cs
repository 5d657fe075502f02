using Bento.Validation;

namespace Bento.Building;

/// <summary>What the options of Nix may be.</summary>
internal sealed class NixOptionsRules : OptionsRules<NixOptions>
{
    public override IEnumerable<OptionsProblem> Check(NixOptions options) =>
    [
        .. Bounds.Between(nameof(options.LogTailLines), options.LogTailLines, 0, 1000),
        .. options.MaxConcurrentEvaluations is { } evaluations
            ? Bounds.Between(nameof(options.MaxConcurrentEvaluations), evaluations, 1, 1024)
            : [],
        .. options.EvaluationMemory is { } memory ? Bounds.AtLeast(nameof(options.EvaluationMemory), memory, 1L << 20) : [],
    ];
}
