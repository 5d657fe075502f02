using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class StatusRuleTests
{
    private static readonly DateTimeOffset Now = KnownFacts.Now;
    private static readonly Release Old = KnownFacts.Old;
    private static readonly Release New = KnownFacts.New;

    /// <summary>
    /// What the server knows, in words: <c>beat</c>, <c>beat:old</c> …; <c>start</c> and outcomes, at the current release or <c>old:</c>.
    /// </summary>
    [Theory]
    [InlineData("", HostState.NewMachine, StatusFlags.None)]
    [InlineData("beat", HostState.RebuildPending, StatusFlags.Overdue)]
    [InlineData("beat:new", HostState.SyncPending, StatusFlags.Overdue)]
    [InlineData("start", HostState.Updating, StatusFlags.None)]
    [InlineData("beat start", HostState.Updating, StatusFlags.None)]
    [InlineData("start Succeeded", HostState.UpToDate, StatusFlags.None)]
    [InlineData("Succeeded", HostState.UpToDate, StatusFlags.None)]
    [InlineData("Degraded", HostState.UpToDate, StatusFlags.Degraded)]
    [InlineData("RebootNeeded", HostState.UpToDate, StatusFlags.RebootPending)]
    [InlineData("RebootNeeded beat:new", HostState.UpToDate, StatusFlags.None)]
    [InlineData("RebootNeeded beat:old", HostState.UpToDate, StatusFlags.RebootPending)]
    [InlineData("Succeeded beat:new,reboot", HostState.UpToDate, StatusFlags.RebootPending)]
    [InlineData("FetchFailed", HostState.Failing, StatusFlags.None)]
    [InlineData("BuildFailed", HostState.Failing, StatusFlags.None)]
    [InlineData("Mismatch", HostState.Failing, StatusFlags.None)]
    [InlineData("ActivationFailed", HostState.Failing, StatusFlags.None)]
    [InlineData("RolledBack", HostState.RolledBack, StatusFlags.None)]
    [InlineData("AutoUpdated", HostState.AutoUpdated, StatusFlags.None)]
    [InlineData("Succeeded AutoUpdated", HostState.AutoUpdated, StatusFlags.None)]
    [InlineData("FetchFailed,retry start", HostState.Updating, StatusFlags.None)]
    [InlineData("FetchFailed,retry Succeeded", HostState.UpToDate, StatusFlags.None)]
    [InlineData("FetchFailed,retry FetchFailed,retry Succeeded", HostState.UpToDate, StatusFlags.None)]
    [InlineData("Succeeded Succeeded", HostState.ExtraLogs, StatusFlags.None)]
    [InlineData("BuildFailed Succeeded", HostState.ExtraLogs, StatusFlags.None)]
    [InlineData("Succeeded,runs:old", HostState.Failing, StatusFlags.None)]
    [InlineData("Succeeded,runs:nothing", HostState.Failing, StatusFlags.None)]
    [InlineData("old:Succeeded", HostState.RebuildPending, StatusFlags.None)]
    [InlineData("old:Succeeded beat:old", HostState.RebuildPending, StatusFlags.Overdue)]
    [InlineData("old:RolledBack", HostState.RebuildPending, StatusFlags.None)]
    [InlineData("old:start", HostState.RebuildPending, StatusFlags.None)]
    [InlineData("old:BuildFailed start", HostState.Updating, StatusFlags.None)]
    [InlineData("old:Degraded Succeeded", HostState.UpToDate, StatusFlags.None)]
    [InlineData("old:Degraded", HostState.RebuildPending, StatusFlags.Degraded)]
    [InlineData("Succeeded beat:stranger", HostState.Failing, StatusFlags.Drift)]
    [InlineData("old:Succeeded Succeeded beat:old", HostState.Failing, StatusFlags.Drift)]
    [InlineData("old:Succeeded Succeeded beat:old,before", HostState.UpToDate, StatusFlags.None)]
    [InlineData("Succeeded AutoUpdated,runs:updated beat:updated", HostState.AutoUpdated, StatusFlags.None)]
    [InlineData("RebootNeeded beat:stranger", HostState.Failing, StatusFlags.RebootPending | StatusFlags.Drift)]
    [InlineData("old:Succeeded beat:stranger", HostState.RebuildPending, StatusFlags.Drift | StatusFlags.Overdue)]
    [InlineData("old:Succeeded start beat:new", HostState.Updating, StatusFlags.None)]
    [InlineData("beat:stranger", HostState.RebuildPending, StatusFlags.Overdue)]
    [InlineData("Succeeded beat:new,locked", HostState.UpToDate, StatusFlags.SecretsLocked)]
    [InlineData("start beat:new,locked", HostState.Updating, StatusFlags.SecretsLocked)]
    [InlineData("Succeeded beat:new,locked,stale", HostState.Silent, StatusFlags.SecretsLocked)]
    [InlineData("Succeeded beat:new,stuck", HostState.UpToDate, StatusFlags.Stuck)]
    [InlineData("beat:old,stuck", HostState.RebuildPending, StatusFlags.Stuck | StatusFlags.Overdue)]
    [InlineData("beat,Untrusted", HostState.Refused, StatusFlags.None)]
    [InlineData("Succeeded beat:new,Rollback", HostState.Refused, StatusFlags.None)]
    [InlineData("Succeeded beat:new,Stale,stale", HostState.Silent, StatusFlags.None)]
    [InlineData("Succeeded beat:new,stale", HostState.Silent, StatusFlags.None)]
    [InlineData("start beat,stale", HostState.Silent, StatusFlags.None)]
    [InlineData("BuildFailed beat,stale", HostState.Silent, StatusFlags.None)]
    public void What_is_known_says_what_the_state_is(string known, HostState state, StatusFlags flags)
    {
        var status = StatusRule.Judge(Facts(known), Now);

        Assert.Equal((state, flags), (status.State, status.Flags));
        Assert.EndsWith(".", status.Reason, StringComparison.Ordinal);
        Assert.Equal(New.Number, status.Number);
        Assert.Equal(New.ExpectedSystem, status.Expected);
    }

    [Fact]
    public void A_host_for_which_nothing_was_published_is_unpublished_whatever_it_says()
    {
        var facts = Facts("Succeeded beat,Untrusted");

        var status = StatusRule.Judge(facts with { Record = facts.Record with { Releases = [] } }, Now);

        Assert.Equal(HostState.Unpublished, status.State);
        Assert.Null(status.Number);
        Assert.NotNull(status.LastSeen);
    }

    [Fact]
    public void A_host_that_took_the_key_of_its_server_at_first_contact_has_a_remark_until_it_is_pinned()
    {
        var facts = Facts("Succeeded beat");
        var beat = facts.Heartbeat! with { AcceptedHostKey = KeyFingerprint.Of("abc"u8) };

        Assert.Contains(
            KeyFingerprint.Of("abc"u8).ToString(),
            Assert.Single(StatusRule.Judge(facts with { Record = facts.Record with { Heartbeat = beat } }, Now).Remarks),
            StringComparison.Ordinal);
        Assert.Empty(StatusRule.Judge(facts, Now).Remarks);
    }

    [Theory]
    [InlineData("Succeeded beat:new,says", true)]
    [InlineData("Succeeded beat:new", false)]
    [InlineData("Succeeded beat:new,Untrusted", false)]
    [InlineData("Succeeded beat:new,locked", false)]
    [InlineData("Succeeded beat:new,stuck", false)]
    public void What_the_host_says_is_a_remark_unless_the_reason_says_it(string known, bool isRemark)
    {
        var status = StatusRule.Judge(Facts(known), Now);

        Assert.Equal(isRemark ? ["It says: Because of a test."] : [], status.Remarks);
    }

    [Fact]
    public void S22_a_success_for_the_release_before_is_no_success_for_this_one() =>
        Assert.Equal(HostState.RebuildPending, StatusRule.Judge(Facts("old:Succeeded"), Now).State);

    [Fact]
    public void H11_a_success_that_names_another_release_under_this_number_counts_for_nothing()
    {
        var facts = Facts(string.Empty);
        var forged = Attempt("Succeeded", Old, 1) with { Number = New.Number };

        var status = StatusRule.Judge(facts with { Record = facts.Record with { Attempts = [forged] } }, Now);

        Assert.NotEqual(HostState.UpToDate, status.State);
    }

    [Fact]
    public void H13_times_that_the_host_chose_decide_nothing()
    {
        var facts = Facts("old:Succeeded Succeeded");
        var attempts = facts.Record.Attempts.Select(attempt => attempt with
        {
            Result = attempt.Result! with { At = attempt.Number == Old.Number ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue },
        });

        var status = StatusRule.Judge(facts with { Record = facts.Record with { Attempts = [.. attempts] } }, Now);

        Assert.Equal(HostState.UpToDate, status.State);
    }

    [Theory]
    [InlineData("BuildFailed,retry", "The disk is full", "The disk is full. The host tries again.")]
    [InlineData("BuildFailed,retry", "The disk is full.", "The disk is full. The host tries again.")]
    public void What_a_host_says_ends_before_the_next_sentence(string known, string reason, string said)
    {
        var facts = Facts(known);
        var attempt = facts.Record.Attempts[0];

        var status = StatusRule.Judge(
            facts with { Record = facts.Record with { Attempts = [attempt with { Result = attempt.Result! with { Reason = reason } }] } },
            Now);

        Assert.EndsWith(said, status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_of_which_nothing_can_be_read_is_not_said_to_have_sent_nothing()
    {
        var status = StatusRule.Judge(Facts("Succeeded beat:new,stale") with { IsHeartbeatRead = false }, Now);

        Assert.Equal(HostState.Silent, status.State);
        Assert.StartsWith(
            "Nothing can be read of it now, and it was last heard 46 minutes ago; before that: ", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_tree_under_a_new_release_is_sync_pending_also_where_no_system_is_expected()
    {
        var before = ReleaseIdentity.WithId(Old with { Kind = ConfigurationKind.Channel, Attribute = null, ExpectedSystem = null });
        var current = ReleaseIdentity.WithId(before with { Number = New.Number });
        var record = new HostRecord
        {
            Releases = [new PublishedRelease
            {
                Release = current,
                At = Now,
                By = "me",
            }, new PublishedRelease { Release = before, At = Now, By = "me" }],
            Attempts = [Attempt("Succeeded", before, 1)],
        };

        Assert.Equal(HostState.SyncPending, StatusRule.Judge(new HostFacts(current.Host, record, []), Now).State);
    }

    [Fact]
    public void A_channel_host_is_believed_about_its_system()
    {
        var current = ReleaseIdentity.WithId(New with { Kind = ConfigurationKind.Channel, Attribute = null, ExpectedSystem = null });
        var record = new HostRecord
        {
            Releases = [new PublishedRelease { Release = current, At = Now, By = "me" }],
            Attempts = [Attempt("Succeeded,runs:stranger", current, 1)],
        };

        Assert.Equal(HostState.UpToDate, StatusRule.Judge(new HostFacts(current.Host, record, []), Now).State);
    }

    [Fact]
    public void A_channel_host_that_leaves_the_system_that_it_built_is_not_well()
    {
        var current = ReleaseIdentity.WithId(New with { Kind = ConfigurationKind.Channel, Attribute = null, ExpectedSystem = null });
        var record = new HostRecord
        {
            Releases = [new PublishedRelease { Release = current, At = Now, By = "me" }],
            Attempts = [Attempt("Succeeded,runs:built", current, 1)],
            Heartbeat = KnownFacts.Beat("beat:old"),
            HeartbeatReceived = Now,
        };

        var status = StatusRule.Judge(new HostFacts(current.Host, record, []), Now);

        Assert.Equal((HostState.Failing, StatusFlags.Drift, true), (status.State, status.Flags, status.NeedsAttention));
        Assert.Contains(SomeRelease.System("old").BaseName, status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_host_runs_is_what_it_said_last()
    {
        Assert.Equal(New.ExpectedSystem, StatusRule.Judge(Facts("Succeeded beat:old,before"), Now).Running);
        Assert.Equal(Old.ExpectedSystem, StatusRule.Judge(Facts("Succeeded beat:old"), Now).Running);
    }

    [Theory]
    [InlineData(1, HostState.Failing, StatusFlags.Drift, "old")]
    [InlineData(0, HostState.Failing, StatusFlags.Drift, "old")]
    [InlineData(-1, HostState.UpToDate, StatusFlags.None, "new")]
    public void Of_a_heartbeat_and_a_result_of_the_same_tick_the_host_s_clock_says_which_was_later(
        int secondsAfter, HostState state, StatusFlags flags, string running)
    {
        var facts = Facts("Succeeded beat:old");
        var attempt = facts.Record.Attempts[0] with { Received = facts.HeartbeatReceived!.Value };
        var record = facts.Record with
        {
            Attempts = [attempt],
            Heartbeat = facts.Heartbeat! with { At = attempt.Result!.At.AddSeconds(secondsAfter) },
        };

        var status = StatusRule.Judge(facts with { Record = record }, Now);

        Assert.Equal((state, flags, SomeRelease.System(running)), (status.State, status.Flags, status.Running));
    }

    [Fact]
    public void A_refusal_says_which_and_why()
    {
        var status = StatusRule.Judge(Facts("beat,Fork"), Now);

        Assert.Equal("fork: Because of a test.", status.Reason);
    }

    [Fact]
    public void Remarks_and_last_seen_come_through()
    {
        var status = StatusRule.Judge(Facts("start beat") with { Remarks = ["One foreign entry."] }, Now);

        Assert.Equal(["One foreign entry."], status.Remarks);
        Assert.Equal(Now - TimeSpan.FromMinutes(1), status.LastSeen);
    }

    private static HostFacts Facts(string known) => KnownFacts.Of(known);

    private static RecordedAttempt Attempt(string text, Release release, int number) => KnownFacts.Attempt(text, release, number);
}
