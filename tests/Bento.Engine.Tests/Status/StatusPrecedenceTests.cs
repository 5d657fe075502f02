using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>Each two things that can be true of a host at once: the one that an operator must see first gives the state.</summary>
public sealed class StatusPrecedenceTests
{
    /// <summary>What decides earlier stands before what decides later. Two of one topic cannot both be true.</summary>
    private static readonly Truth[] Truths =
    [
        new("fleet", "nothing was published", HostState.Unpublished, facts => facts with { Record = facts.Record with { Releases = [] } }),
        new("fleet", "no configuration describes it", HostState.Removed, facts => facts with { IsInFleet = false }),
        new("bash bento", "bash bento spoke last", HostState.Failing, facts => facts with
        {
            Record = facts.Record with
            {
                BashLogs = [new BashLog
                {
                    Stamp = "20260601-1200",
                    System = SomeRelease.System("new"),
                    Outcome = BashOutcome.Failure,
                    Received = KnownFacts.Now,
                }],
            },
        }),
        new("silence", "it is silent", HostState.Silent, facts =>
            facts with { Record = facts.Record with { HeartbeatReceived = KnownFacts.Now.AddMinutes(-46) } }),
        new("refusal", "it refuses the release", HostState.Refused, facts =>
            Says(facts, beat => beat with { Refusal = Refusal.Untrusted })),
        new("boot", "it booted the old system", HostState.Failing, facts =>
            Says(facts, beat => beat with { IsBootedOld = true, Release = KnownFacts.New.Id })),
        new("attempts", "an attempt has begun", HostState.Updating, facts => Tried(facts, "BuildFailed,retry start", "old")),
        new("attempts", "the attempt failed", HostState.Failing, facts => Tried(facts, "BuildFailed", "old")),
        new("attempts", "the host went back", HostState.RolledBack, facts => Tried(facts, "RolledBack", "old")),
        new("attempts", "it left its system", HostState.Failing, facts => Tried(facts, "Succeeded", "stranger")),
        new("attempts", "it succeeded twice", HostState.ExtraLogs, facts => Tried(facts, "Succeeded Succeeded", "new")),
        new("attempts", "it updated by itself", HostState.AutoUpdated, facts => Tried(facts, "Succeeded AutoUpdated", "new")),
        new("attempts", "it succeeded", HostState.UpToDate, facts => Tried(facts, "Succeeded", "new")),
        new("attempts", "it runs that system already", HostState.SyncPending, facts => Tried(facts, "old:Succeeded", "new")),
        new("attempts", "it runs another system", HostState.RebuildPending, facts => Tried(facts, "old:Succeeded", "old")),
    ];

    public static TheoryData<string, string> Pairs() => [.. Truths.SelectMany(
        (first, index) =>
            Truths[index..].Where(second => second == first || second.Topic != first.Topic).Select(second => (first.Name, second.Name)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_two_things_that_are_true_the_first_gives_the_state(string first, string second)
    {
        var (decides, beside) = (Truths.Single(truth => truth.Name == first), Truths.Single(truth => truth.Name == second));

        var both = beside.Holds(decides.Holds(KnownFacts.Of("beat:old")));

        Assert.Equal(decides.State, StatusRule.Judge(both, KnownFacts.Now).State);
    }

    [Fact]
    public void A_host_that_never_spoke_is_a_new_machine_unless_it_left_the_fleet()
    {
        var facts = KnownFacts.Of(string.Empty);

        Assert.Equal(HostState.NewMachine, StatusRule.Judge(facts, KnownFacts.Now).State);
        Assert.Equal(HostState.Removed, StatusRule.Judge(facts with { IsInFleet = false }, KnownFacts.Now).State);
    }

    [Fact]
    public void Every_state_is_reached() =>
        Assert.Equal(
            Enum.GetValues<HostState>().Order(), Truths.Select(truth => truth.State).Append(HostState.NewMachine).Distinct().Order());

    private static HostFacts Says(HostFacts facts, Func<Heartbeat, Heartbeat> change) =>
        facts with { Record = facts.Record with { Heartbeat = change(facts.Heartbeat!) } };

    private static HostFacts Tried(HostFacts facts, string attempts, string running) => Says(
        facts with { Record = facts.Record with { Attempts = KnownFacts.Of(attempts).Record.Attempts } },
        beat => beat with { Running = SomeRelease.System(running) });

    private sealed record Truth(string Topic, string Name, HostState State, Func<HostFacts, HostFacts> Holds);
}
