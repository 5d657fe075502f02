using Bento.Status;

namespace Bento.Rollouts;

/// <summary>A rollout at one moment: its state, joined with what its hosts report. Pure.</summary>
internal sealed class RolloutView
{
    private readonly RolloutHold? _hold;

    private RolloutView(RolloutState state, IReadOnlyList<RolloutHost> hosts, RolloutHold? hold, DateTimeOffset now)
    {
        State = state;
        Hosts = hosts;
        _hold = hold;
        Decision = RolloutRule.Decide(Facts(), now);
    }

    /// <summary>The state, with what was seen.</summary>
    public RolloutState State { get; }

    /// <summary>The hosts.</summary>
    public IReadOnlyList<RolloutHost> Hosts { get; }

    /// <summary>What follows.</summary>
    public RolloutDecision Decision { get; }

    public static RolloutView Of(
        RolloutState state, IReadOnlyDictionary<HostName, HostStatus> statuses, RolloutHold? hold, DateTimeOffset now)
    {
        if (state.Ended is null)
        {
            state = state with
            {
                Hosts = [.. state.Hosts.Select(host => HostJudgement.Observe(host, statuses.GetValueOrDefault(host.Host), now))],
            };
        }

        IReadOnlyList<RolloutHost> hosts =
            [.. state.Hosts.Select(host => HostJudgement.Judge(host, statuses.GetValueOrDefault(host.Host), state.Limits, now))];
        if (state.Ended is null)
        {
            state = state with
            {
                Waves = [.. state.Waves.Select((wave, index) => wave is { Settled: null, Began: not null }
                    && hosts.Where(host => host.Wave == index).All(IsSettled) ? wave with { Settled = now } : wave)],
                Stopped = state.Stopped ?? Stop(state, hosts, now),
            };
        }

        return new RolloutView(state, hosts, hold, now);
    }

    /// <summary>The hosts that count against the budget.</summary>
    public static IEnumerable<RolloutHost> Failures(IEnumerable<RolloutHost> hosts) => hosts.Where(host =>
        host is { Wave: > 0, IsForgiven: false, State: RolloutHostState.Failed or RolloutHostState.TimedOut });

    public RolloutStatus ToStatus() => new(State.Id, Decision.Phase)
    {
        Reason = RolloutSentences.Of(State, Hosts, Decision, _hold),
        Until = Decision.Until,
        Began = State.Began,
        By = State.By,
        Budget = State.Limits.Budget,
        Counts = Count(Hosts.Where(host => host.Wave > 0)),
        Wave = State.Waves.Index().LastOrDefault(wave => wave.Item.Began is not null).Index,
        Waves = [.. State.Waves.Index()
            .Where(wave => wave.Index > 0 || Hosts.Any(host => host.Wave == 0))
            .Select(wave => new RolloutWaveStatus(wave.Item.Wave, Count(Hosts.Where(host => host.Wave == wave.Index)))
            {
                Number = wave.Index,
                Began = wave.Item.Began,
                Settled = wave.Item.Settled,
            })],
        Hosts = Hosts,
        Hold = _hold,
    };

    private static bool IsSettled(RolloutHost host) => host.State != RolloutHostState.Queued && !HostJudgement.IsWaitedFor(host);

    private static RolloutStop? Stop(RolloutState state, IReadOnlyList<RolloutHost> hosts, DateTimeOffset now) =>
        Failures(hosts).ToList() is var failed && failed.Count > state.Limits.Budget
            ? new RolloutStop(now, RolloutSentences.Stopped(failed, state.Limits.Budget))
            : null;

    private RolloutFacts Facts() => new()
    {
        Waves = [.. State.Waves.Index().Select(wave => Facts(wave.Index, wave.Item))],
        Failures = Failures(Hosts).Count(),
        Budget = State.Limits.Budget,
        Soak = State.Limits.Soak,
        IsStopped = State.Stopped is not null,
        IsPaused = _hold is { IsAbort: false },
        IsAborted = _hold is { IsAbort: true },
        Ended = State.Ended,
    };

    private WaveFacts Facts(int index, WaveEntry wave)
    {
        var hosts = Hosts.Where(host => host.Wave == index).ToList();
        return new WaveFacts
        {
            Index = index,
            Queued = hosts.Count(host => host.State == RolloutHostState.Queued),
            Waiting = hosts.Count(HostJudgement.IsWaitedFor),
            WaitsUntil = hosts.Max(host => host.Until),
            IsBegun = wave.Began is not null,
            Settled = wave.Settled,
            NeedsApproval = wave is { Wave.NeedsApproval: true, ApprovedBy: null },
        };
    }

    private static RolloutCounts Count(IEnumerable<RolloutHost> counted)
    {
        var hosts = counted.ToList();
        return new RolloutCounts
        {
            Planned = hosts.Count,
            Published = hosts.Count(host => host.Number is not null),
            Confirmed = hosts.Count(host => host.State == RolloutHostState.Confirmed),
            Failed = hosts.Count(host => host.State == RolloutHostState.Failed),
            TimedOut = hosts.Count(host => host.State == RolloutHostState.TimedOut),
            Waiting = hosts.Count(HostJudgement.IsWaitedFor),
            Away = hosts.Count(host => host.State == RolloutHostState.Away),
        };
    }
}
