using System.Globalization;
using Bento.Processes;
using Bento.Protocol;
using Bento.Rollouts;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be said about waves.</summary>
internal static class RolloutOptionsRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static IEnumerable<OptionsProblem> Check(RolloutOptions options) =>
    [
        .. Bounds.AtLeast(nameof(options.Budget), options.Budget, 0),
        .. Bounds.Between(nameof(options.BudgetPercent), options.BudgetPercent, 0, 100),
        .. Bounds.Between(nameof(options.Soak), options.Soak, TimeSpan.Zero, Longest),
        .. Bounds.Between(nameof(options.AnswerTimeout), options.AnswerTimeout, Shortest, Longest),
        .. Bounds.Between(nameof(options.AbsentTimeout), options.AbsentTimeout, TimeSpan.Zero, Longest),
        .. options.UrgentBelow is { } below && ParseNumber(below) is null
            ? [new OptionsProblem(nameof(options.UrgentBelow), $"'{PlainText.OfLine(below)}' is not the number of a release: 7, or 2.7.")]
            : Array.Empty<OptionsProblem>(),
        .. options.Waves.Index()
            .Where(wave => !WaveSize.TryParse(wave.Item.Hosts, null, out _))
            .Select(wave => new OptionsProblem(
                $"{nameof(options.Waves)}[{wave.Index}].{nameof(wave.Item.Hosts)}",
                $"'{PlainText.OfLine(wave.Item.Hosts)}' is not a wave: give a number of hosts (5), a share (10%) or a selector (@lab).")),
    ];

    /// <returns>The number; null when the text is none.</returns>
    public static ReleaseNumber? ParseNumber(string text)
    {
        var parts = text.Split('.');
        return parts.Length <= 2
            && long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && long.TryParse(parts.Length == 2 ? parts[0] : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                ? new ReleaseNumber(epoch, sequence)
                : null;
    }
}
