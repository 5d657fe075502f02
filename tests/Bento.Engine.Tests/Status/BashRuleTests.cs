using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

/// <summary>Hosts that still run bash bento: what the names of their logs say.</summary>
public sealed class BashRuleTests
{
    private static readonly DateTimeOffset Published = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Release Current = SomeRelease.Of(sequence: 2) with { ExpectedSystem = SomeRelease.System("new") };

    /// <summary>Logs in the order in which they arrived; <c>|</c> is the publication of the current release.</summary>
    [Theory]
    [InlineData("new:success |", HostState.SyncPending)]
    [InlineData("old:success |", HostState.RebuildPending)]
    [InlineData("old:failure |", HostState.RebuildPending)]
    [InlineData("new:rollback |", HostState.SyncPending)]
    [InlineData("old:success | new:success", HostState.UpToDate)]
    [InlineData("old:success | old:failure", HostState.Failing)]
    [InlineData("old:success | old:rollback", HostState.RolledBack)]
    [InlineData("old:success | own:autoupdate", HostState.AutoUpdated)]
    [InlineData("| new:success", HostState.UpToDate)]
    [InlineData("| old:failure new:success", HostState.ExtraLogs)]
    [InlineData("| new:success new:success", HostState.ExtraLogs)]
    [InlineData("| new:success own:autoupdate own:autoupdate", HostState.AutoUpdated)]
    [InlineData("| new:success old:rollback", HostState.RolledBack)]
    [InlineData("| new:success new:failure", HostState.Failing)]
    [InlineData("| own:autoupdate new:success", HostState.UpToDate)]
    public void Names_of_logs_give_the_states_of_bash_bento(string story, HostState state) =>
        Assert.Equal(state, Judge(story, Current).State);

    [Fact]
    public void S22_a_success_of_the_system_before_that_arrives_after_a_publication_is_not_up_to_date() =>
        Assert.Equal(HostState.RebuildPending, Judge("| old:success", Current).State);

    [Fact]
    public void Where_no_system_is_expected_the_host_is_believed() =>
        Assert.Equal(
            HostState.UpToDate,
            Judge("| own:success", Current with { Kind = ConfigurationKind.Channel, Attribute = null, ExpectedSystem = null }).State);

    [Fact]
    public void S20_the_time_in_a_name_decides_nothing()
    {
        var record = Record("new:success | old:failure", Current);
        var lying = record with { BashLogs = [record.BashLogs[0], record.BashLogs[1] with { Stamp = "20990101-0000" }] };

        Assert.Equal(HostState.Failing, StatusRule.Judge(new HostFacts(Current.Host, lying, []), Published.AddDays(1)).State);
    }

    [Fact]
    public void A_host_that_has_moved_to_the_agent_is_judged_by_its_agent()
    {
        var record = Record("old:success | old:failure", Current) with
        {
            Heartbeat = new Heartbeat
            {
                At = Published,
                Interval = TimeSpan.FromMinutes(15),
                Agent = "1",
                Running = Current.ExpectedSystem,
            },
            HeartbeatReceived = Published.AddDays(1),
        };

        Assert.Equal(HostState.SyncPending, StatusRule.Judge(new HostFacts(Current.Host, record, []), Published.AddDays(1)).State);
    }

    [Theory]
    [InlineData("old:success | new:success", HostState.UpToDate)]
    [InlineData("old:success | old:failure", HostState.Failing)]
    public void A_host_that_went_back_to_bash_bento_is_judged_by_its_logs_and_not_silent(string story, HostState state)
    {
        var record = Record(story, Current) with
        {
            Heartbeat = new Heartbeat
            {
                At = Published,
                Interval = TimeSpan.FromMinutes(15),
                Agent = "1",
                Running = SomeRelease.System("old"),
                Refusal = Refusal.Untrusted,
                Pause = new AgentPause { Since = Published, Reason = null, Until = null },
            },
            HeartbeatReceived = Published,
        };

        var status = StatusRule.Judge(new HostFacts(Current.Host, record, []), Published.AddDays(1));

        Assert.Equal((state, StatusFlags.None, record.BashLogs[0].System), (status.State, status.Flags, status.Running));
    }

    [Fact]
    public void The_time_of_the_last_success_and_the_running_system_come_from_the_names()
    {
        var status = Judge("old:success | old:failure", Current);

        Assert.Equal(Published.AddMinutes(-1), status.LastSuccess);
        Assert.Equal(Published.AddMinutes(1), status.LastSeen);
        Assert.Equal(SomeRelease.System("old").BaseName, status.Running?.BaseName);
    }

    [Theory]
    [InlineData(
        "20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-nixos-system-my_host-25.05_success.log.gz",
        "nixos-system-my_host-25.05",
        BashOutcome.Success)]
    [InlineData(
        "20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-nixos-system-rollback-test_failure.log.gz",
        "nixos-system-rollback-test",
        BashOutcome.Failure)]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-x_success_rollback.log.gz", "x_success", BashOutcome.Rollback)]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-x_autoupdate.log.gz", "x", BashOutcome.AutoUpdate)]
    public void S18_S19_a_name_is_taken_apart_from_its_ends(string name, string system, BashOutcome outcome)
    {
        var log = BashLogName.TryParse(name);

        Assert.Equal((system, outcome), (log?.System.Name, log!.Value.Outcome));
    }

    [Theory]
    [InlineData("20260601-1200_.*-x_success.log.gz")]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-x_success.log.gz\n")]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-\u001b[2J_success.log.gz")]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-x_Success.log.gz")]
    [InlineData("2026-06-01_0123456789abcdfghijklmnpqrsvwxyz-x_success.log.gz")]
    [InlineData("20260601-1200_0123456789abcdfghijklmnpqrsvwxyz-x_success.log")]
    public void S17_S23_a_name_that_is_none_is_foreign(string name) => Assert.Null(BashLogName.TryParse(name));

    private static HostStatus Judge(string story, Release current) =>
        StatusRule.Judge(new HostFacts(current.Host, Record(story, current), []), Published.AddDays(1));

    private static HostRecord Record(string story, Release current)
    {
        var words = story.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var publication = Array.IndexOf(words, "|");
        var logs = words.Index().Where(word => word.Item != "|").Select(word => new BashLog
        {
            Stamp = $"20260601-{word.Index:0000}",
            System = SomeRelease.System(word.Item.Split(':')[0]),
            Outcome = Enum.Parse<BashOutcome>(word.Item.Split(':')[1], ignoreCase: true),
            Received = Published.AddMinutes(word.Index - publication),
        });
        return new HostRecord
        {
            Releases = [new PublishedRelease { Release = current, At = Published, By = "me" }],
            BashLogs = [.. logs.Reverse()],
        };
    }
}
