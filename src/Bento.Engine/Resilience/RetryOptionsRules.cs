using Bento.Validation;

namespace Bento.Resilience;

/// <summary>What retry options may be.</summary>
internal sealed class RetryOptionsRules : OptionsRules<RetryOptions>
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    public override IEnumerable<OptionsProblem> Check(RetryOptions options) =>
    [
        .. Bounds.Between(nameof(options.MaxRetries), options.MaxRetries, 0, 100),
        .. Bounds.Between(nameof(options.Pause), options.Pause, ShortestPause, TimeSpan.FromHours(1)),
        .. options.MaxPause < options.Pause
            ? [new OptionsProblem(
                nameof(options.MaxPause), $"Must be at least {nameof(options.Pause)}, which is {Bounds.Text(options.Pause)}.")]
            : Array.Empty<OptionsProblem>(),
    ];
}
