using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>What stands beside a state: its reason, the last success, how long the last attempt took, what the host runs.</summary>
public sealed class StatusReasonTests
{
    private static readonly DateTimeOffset Now = KnownFacts.Now;

    [Theory]
    [InlineData(true, true, HostState.Unpublished, StatusFlags.None, "Nothing was ever published for this host.")]
    [InlineData(false, true, HostState.Removed, StatusFlags.None, "No configuration describes this host; only its area is there.")]
    [InlineData(true, false, HostState.Unpublished, StatusFlags.Unreadable, "What was published for this host cannot be read.")]
    public void A_host_without_a_release_says_why(bool isInFleet, bool isRead, HostState state, StatusFlags flags, string reason)
    {
        var beat = KnownFacts.Beat("beat:new") with { Detail = "All is well." };
        var facts = new HostFacts(KnownFacts.New.Host, new HostRecord { Heartbeat = beat, HeartbeatReceived = Now }, [])
        {
            IsInFleet = isInFleet,
            IsRead = isRead,
        };

        var status = StatusRule.Judge(facts, Now);

        Assert.Equal((state, flags, reason), (status.State, status.Flags, status.Reason));
        Assert.Equal(["It says: All is well."], status.Remarks);
    }

    [Fact]
    public void Locked_secrets_are_in_the_reason_with_what_the_host_says()
    {
        Assert.EndsWith(" Its secrets are locked: Because of a test.", Judge("Succeeded beat:new,locked").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets", Judge("Succeeded beat:new").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_cannot_go_on_is_in_the_reason_before_locked_secrets_and_in_the_refusal_once()
    {
        Assert.EndsWith(
            " Its agent cannot go on: Because of a test.", Judge("Succeeded beat:new,stuck,locked").Reason, StringComparison.Ordinal);
        Assert.Equal("fork: Because of a test.", Judge("beat:new,Fork,stuck").Reason);
    }

    [Fact]
    public void An_agent_that_cannot_go_on_needs_attention_also_before_anything_was_published()
    {
        var beat = KnownFacts.Beat("beat:new,stuck,locked");
        var facts = new HostFacts(KnownFacts.New.Host, new HostRecord { Heartbeat = beat, HeartbeatReceived = Now }, []);

        var status = StatusRule.Judge(facts, Now);

        Assert.Equal((HostState.Unpublished, StatusFlags.Stuck, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.Equal(["It says: Because of a test."], status.Remarks);
    }

    [Theory]
    [InlineData("The disk is changed", true, "It was paused at 2026-06-01 12:00:00Z until 2026-06-02 12:00:00Z: The disk is changed.")]
    [InlineData(null, false, "It was paused at 2026-06-01 12:00:00Z.")]
    public void A_pause_is_a_remark_with_its_reason_and_its_end(string? reason, bool hasEnd, string remark)
    {
        var facts = KnownFacts.Of("Succeeded beat:new");
        var pause = new AgentPause { Since = Now, Reason = reason, Until = hasEnd ? Now.AddDays(1) : null };

        var status = StatusRule.Judge(
            facts with { Record = facts.Record with { Heartbeat = facts.Heartbeat! with { Pause = pause } } }, Now);

        Assert.Equal([remark], status.Remarks);
        Assert.Equal(StatusFlags.Paused, status.Flags);
    }

    [Fact]
    public void Only_a_host_that_tries_again_is_said_to()
    {
        Assert.EndsWith("The host tries again.", Judge("FetchFailed,retry").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("tries again", Judge("FetchFailed").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_with_another_system_names_it()
    {
        Assert.Contains(SomeRelease.System("old").BaseName, Judge("Succeeded,runs:old").Reason, StringComparison.Ordinal);
        Assert.Contains("nothing that it can name", Judge("Succeeded,runs:nothing").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_host_that_could_not_be_read_is_not_said_to_have_sent_nothing()
    {
        var facts = KnownFacts.Of("beat:new,stale");

        Assert.StartsWith("No heartbeat for ", StatusRule.Judge(facts, Now).Reason, StringComparison.Ordinal);
        Assert.StartsWith(
            "Nothing can be read of it now",
            StatusRule.Judge(facts with { IsHeartbeatRead = false }, Now).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-20, HostState.Refused)]
    [InlineData(-21, HostState.RebuildPending)]
    public void A_refusal_counts_from_the_publication_on_give_or_take_a_tick(int milliseconds, HostState state)
    {
        var facts = KnownFacts.Of("beat");
        var published = facts.Record.Releases[0].At;
        var refused = facts.Record with
        {
            Heartbeat = facts.Heartbeat! with { Refusal = Refusal.Fork },
            HeartbeatReceived = published.AddMilliseconds(milliseconds),
        };

        Assert.Equal(state, StatusRule.Judge(facts with { Record = refused }, published).State);
    }

    [Fact]
    public void The_last_success_is_the_newest_of_the_agent_and_of_bash_bento()
    {
        var facts = KnownFacts.Of("old:Succeeded BuildFailed");
        var first = At(facts.Record.Attempts[1], 1);
        var second = At(KnownFacts.Attempt("Succeeded", KnownFacts.Old, 2), 2);
        var bash = new[] { Log(BashOutcome.Failure, 9), Log(BashOutcome.AutoUpdate, 3) };

        Assert.Equal(Now.AddDays(2), LastSuccess([At(facts.Record.Attempts[0], 5), second, first], []));
        Assert.Equal(Now.AddDays(3), LastSuccess([second, first], bash));
        Assert.Null(LastSuccess([At(facts.Record.Attempts[0], 5)], [Log(BashOutcome.Rollback, 4)]));

        static RecordedAttempt At(RecordedAttempt attempt, int days) => attempt with { Received = Now.AddDays(days) };

        static BashLog Log(BashOutcome outcome, int days) => new()
        {
            Stamp = "20260601-1200",
            System = SomeRelease.System("new"),
            Outcome = outcome,
            Received = Now.AddDays(days),
        };

        DateTimeOffset? LastSuccess(IReadOnlyList<RecordedAttempt> attempts, IReadOnlyList<BashLog> logs) =>
            StatusRule.Judge(
                facts with { Record = facts.Record with { Attempts = attempts, BashLogs = logs } }, Now.AddDays(10)).LastSuccess;
    }

    [Fact]
    public void The_last_attempt_that_ended_says_how_long_it_took()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Judge("Succeeded start").LastDuration);
        Assert.Null(Judge("start").LastDuration);
    }

    [Fact]
    public void What_runs_is_what_the_newest_result_or_a_later_heartbeat_says()
    {
        Assert.Equal(SomeRelease.System("b"), Judge("Succeeded,runs:a Succeeded,runs:b").Running);
        Assert.Equal(SomeRelease.System("c"), Judge("Succeeded,runs:a Succeeded,runs:b beat:c").Running);
        Assert.Equal(SomeRelease.System("b"), Judge("Succeeded,runs:a Succeeded,runs:b beat:c,before").Running);
    }

    private static HostStatus Judge(string known) => StatusRule.Judge(KnownFacts.Of(known), Now);
}
