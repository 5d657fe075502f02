using Bento.Hosts;

namespace Bento.Rollouts;

/// <summary>How patient a rollout is: what the options said when it began.</summary>
internal sealed record RolloutLimits
{
    /// <summary>How many hosts may fail.</summary>
    public required int Budget { get; init; }

    /// <summary>How long a wave runs before the next one.</summary>
    public required TimeSpan Soak { get; init; }

    /// <summary>How long a host that is there may take.</summary>
    public required TimeSpan AnswerTimeout { get; init; }

    /// <summary>How long a wave waits for a host that is away.</summary>
    public required TimeSpan AbsentTimeout { get; init; }

    /// <param name="options">What was configured.</param>
    /// <param name="hosts">How many hosts get something.</param>
    public static RolloutLimits Of(RolloutOptions options, int hosts) => new()
    {
        Budget = int.Max(options.Budget, hosts * options.BudgetPercent / 100),
        Soak = options.Soak,
        AnswerTimeout = options.AnswerTimeout,
        AbsentTimeout = options.AbsentTimeout,
    };
}
