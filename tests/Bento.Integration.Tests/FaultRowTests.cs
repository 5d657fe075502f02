using Bento.Agents;
using Bento.Building;
using Bento.Protocol;
using Bento.Status;
using Bento.TestBench.Fleet;
using Bento.Testing.Fleet;
using Bento.Transport;

namespace Bento.Integration.Tests;

/// <summary>Rows of the fault table (docs/faults.md) that need no Nix and no sshd to be told, on real agents of a scripted fleet.</summary>
public sealed class FaultRowTests : IDisposable
{
    private readonly ScriptedFleet _fleet = new(hosts: 1);
    private readonly FleetObserver _observer;

    public FaultRowTests() => _observer = new FleetObserver(_fleet);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScriptedHost Host => _fleet.Hosts[0];

    [Fact(Timeout = 60_000)]
    public async Task FO9_a_host_without_a_release_does_nothing_and_says_so()
    {
        var result = await PollAsync();

        Assert.Equal(AgentConclusion.NoRelease, result!.Conclusion);
        Assert.Empty(Host.Machine.Activated);
    }

    [Fact(Timeout = 60_000)]
    public async Task FO8_a_clock_before_the_release_was_issued_updates_all_the_same()
    {
        await PublishAsync();
        Host.Clock.Skew = DateTimeOffset.UnixEpoch - Host.Clock.True;

        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
        Assert.Equal(HostState.UpToDate, (await ObserveAsync()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task FO8_a_clock_that_jumps_in_the_middle_of_a_switch_ends_no_confirmation()
    {
        await PublishAsync();
        Host.Machine.DuringSwitch = () =>
        {
            Host.Clock.Skew = TimeSpan.FromDays(10_000);
            return Task.CompletedTask;
        };

        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task FO8_an_attempt_in_which_a_clock_without_a_battery_is_set_is_reported_and_understood()
    {
        await PublishAsync();
        Host.Clock.Skew = DateTimeOffset.UnixEpoch - Host.Clock.True;
        Host.Machine.DuringSwitch = () =>
        {
            Host.Clock.Skew = TimeSpan.Zero;
            return Task.CompletedTask;
        };

        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
        Assert.Equal(HostState.UpToDate, (await ObserveAsync()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task FD4_a_release_that_is_published_during_a_fetch_is_taken_next_and_never_mixed_in()
    {
        await PublishAsync();
        var inner = Host.Transport.BeforeCall!;
        var isPublished = false;
        Host.Transport.BeforeCall = async (call, token) =>
        {
            if (!isPublished && call.Path.StartsWith("content/", StringComparison.Ordinal))
            {
                isPublished = true;
                await PublishAsync();
            }

            await inner(call, token);
        };

        var first = await PollAsync();
        var second = await PollAsync();

        Assert.Equal(
            (AttemptOutcome.Succeeded, 1, AttemptOutcome.Succeeded, 2),
            (first!.Outcome, first.Number!.Value.Sequence, second!.Outcome, second.Number!.Value.Sequence));
        Assert.Equal((await ObserveAsync()).Published!.System, Host.Machine.Running);
    }

    [Fact(Timeout = 60_000)]
    public async Task FB1_a_build_that_fails_is_not_repeated_but_for_the_network_after_a_pause()
    {
        await PublishAsync();
        Host.Builder.FailNext = BuildFailureKind.Network;
        var passing = await PollAsync();
        var early = await PollAsync();
        _fleet.Wait(TimeSpan.FromHours(7));
        Host.Builder.FailNext = BuildFailureKind.Build;
        var lasting = await PollAsync();
        _fleet.Wait(TimeSpan.FromHours(7));
        var never = await PollAsync();

        Assert.Equal((AttemptOutcome.BuildFailed, AgentConclusion.Waiting), (passing!.Outcome, early!.Conclusion));
        Assert.Equal((AttemptOutcome.BuildFailed, AgentConclusion.Waiting), (lasting!.Outcome, never!.Conclusion));
        Assert.Empty(Host.Machine.Activated);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, AttemptOutcome.Succeeded)]
    [InlineData(false, AttemptOutcome.RolledBack)]
    public async Task FA2_a_power_cut_before_the_confirmation_is_confirmed_or_undone_by_the_next_start(
        bool isServerThere, AttemptOutcome outcome)
    {
        await UpToDateAsync();
        var before = Host.Machine.Running;
        await PublishAsync();
        var inner = Host.Transport.BeforeCall!;
        Host.Transport.BeforeCall = (call, token) =>
            Host.Machine.Running != before && call.Operation == "connect" ? throw new PowerCutException("Now.") : inner(call, token);
        Host.LosesPower = true;
        Assert.Null(await PollAsync());

        Host.Transport.BeforeCall = inner;
        Host.IsOnline = isServerThere;
        _ = await PollAsync();
        Host.IsOnline = true;
        _ = await PollAsync();

        var seen = await ObserveAsync();
        Assert.Equal(outcome, Assert.Single(seen.Reports, report => report.Number.Sequence == 2 && report.Outcome is not null).Outcome);
        Assert.Equal(outcome == AttemptOutcome.Succeeded ? seen.Published!.System : before, Host.Machine.Running);
        Assert.Empty(Invariants.Check(null, seen).Concat(Invariants.CheckSettled(seen)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(SwitchScript.ProfileNotSet)]
    [InlineData(SwitchScript.NotStarted)]
    public async Task FA3_a_profile_or_a_switch_that_fails_ends_at_the_recorded_system(SwitchScript script)
    {
        await UpToDateAsync();
        var before = Host.Machine.Running;
        await PublishAsync();
        Host.Machine.Next = script;

        Assert.Equal(AttemptOutcome.RolledBack, (await PollAsync())!.Outcome);
        Assert.Equal((before, before), (Host.Machine.Running, Host.Machine.Profile));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task FA9_a_confirmation_that_loses_a_few_logins_rolls_nothing_back(int lost)
    {
        await UpToDateAsync();
        var before = Host.Machine.Running;
        await PublishAsync();
        var inner = Host.Transport.BeforeCall!;
        Host.Transport.BeforeCall = (call, token) => Host.Machine.Running != before && call.Operation == "connect" && lost-- > 0
            ? throw new TransportException(TransportFailure.Unreachable, "This login is lost.")
            : inner(call, token);

        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
        Assert.Equal((await ObserveAsync()).Published!.System, Host.Machine.Running);
    }

    [Fact(Timeout = 60_000)]
    public async Task FR1_FR3_what_was_reported_while_the_server_was_away_arrives_once_and_in_order()
    {
        await PublishAsync();
        Host.Machine.DuringSwitch = () =>
        {
            Host.GoesAwayAtCall = 1;
            return Task.CompletedTask;
        };
        _ = await PollAsync();
        Assert.DoesNotContain((await ObserveAsync()).Reports, report => report.Outcome is not null);

        var written = Host.Transport.Calls.Count;
        _ = await PollAsync();

        Assert.Equal(
            ["logs/1-1-log.gz", "logs/1-1-result.json", "logs/beat.json"],
            Host.Transport.Calls.Skip(written).Where(call => call.Operation == "write").Select(call => call.Path));
    }

    [Fact(Timeout = 60_000)]
    public async Task FR4_a_server_without_room_holds_the_switch_up_and_costs_no_release()
    {
        await PublishAsync();
        Host.Transport.CapacityBytes = 0;
        var full = await PollAsync();
        Assert.Equal((AgentConclusion.Waiting, false), (full!.Conclusion, full.IsReported));
        Assert.Empty(Host.Machine.Activated);

        Host.Transport.CapacityBytes = long.MaxValue;
        var roomy = await PollAsync();

        Assert.Equal((AttemptOutcome.Succeeded, true), (roomy!.Outcome, roomy.IsReported));
        Assert.Empty(Invariants.CheckSettled(await ObserveAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task FR4_a_server_that_runs_full_during_a_switch_says_nothing_against_the_system()
    {
        await PublishAsync();
        Host.Machine.DuringSwitch = () =>
        {
            Host.Transport.CapacityBytes = 0;
            return Task.CompletedTask;
        };
        var full = await PollAsync();
        Host.Transport.CapacityBytes = long.MaxValue;
        _ = await PollAsync();

        Assert.Equal((AttemptOutcome.Succeeded, false), (full!.Outcome, full.IsReported));
        Assert.Equal(HostState.UpToDate, (await ObserveAsync()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task FA10_a_profile_that_cannot_be_set_does_not_keep_a_host_on_a_system_that_failed()
    {
        await UpToDateAsync();
        var good = Host.Machine.Running;
        await PublishAsync();
        Host.Machine.Next = SwitchScript.CutsNetwork;
        Host.Machine.DuringSwitch = () =>
        {
            Host.Machine.Next = SwitchScript.ProfileNotSet;
            return Task.CompletedTask;
        };

        var result = await PollAsync();

        Assert.Equal(AttemptOutcome.RolledBack, result!.Outcome);
        Assert.Equal((good, good), (Host.Machine.Running, Host.Machine.Profile));
        Assert.Equal([good, good], Host.Machine.Activated.TakeLast(2));
    }

    public void Dispose() => _fleet.Dispose();

    private async Task UpToDateAsync()
    {
        await PublishAsync();
        Assert.Equal(AttemptOutcome.Succeeded, (await PollAsync())!.Outcome);
    }

    private async Task PublishAsync() => Assert.True((await _fleet.PublishAsync(Host, cancellationToken: Cancellation))!.IsSuccess);

    private Task<AgentResult?> PollAsync() => Host.PollAsync(Cancellation);

    private async Task<Observation> ObserveAsync() => Assert.Single(await _observer.ObserveAsync(Cancellation));
}
