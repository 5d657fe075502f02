using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class AttemptDecisionTests
{
    private static readonly Release Release = SomeRelease.Of();
    private static readonly DateTimeOffset Now = Release.Issued;
    private const string Boot = "this-boot";

    [Fact]
    public void A_new_release_is_a_first_attempt()
    {
        Assert.Equal((1, AttemptPhase.Fetching), Told(Next(AgentJournal.Empty)));
        Assert.Equal((1, AttemptPhase.Fetching), Told(Next(After(SomeRelease.Of(sequence: 9), AttemptPhase.Finished, attempt: 4))));
        Assert.Equal((1, AttemptPhase.Fetching), Told(Next(After(SomeRelease.Of(sequence: 9), AttemptPhase.Building, attempt: 4))));
    }

    [Theory]
    [InlineData(AttemptPhase.Fetching)]
    [InlineData(AttemptPhase.Building)]
    [InlineData(AttemptPhase.Activating)]
    internal void An_attempt_that_was_cut_off_goes_on_where_it_was(AttemptPhase phase) =>
        Assert.Equal((3, phase), Told(Next(After(Release, phase, attempt: 3))));

    [Theory]
    [InlineData(AttemptPhase.Building)]
    [InlineData(AttemptPhase.Ready)]
    internal void FB4_a_store_that_was_written_when_the_machine_went_down_is_repaired_before_anything_is_activated(AttemptPhase phase)
    {
        var interrupted = After(Release, phase) with { Attempt = After(Release, phase).Attempt! with { BootId = "the boot before" } };
        var killed = After(Release, phase) with { Attempt = After(Release, phase).Attempt! with { BootId = Boot } };

        var resumed = Next(interrupted)!;
        var other = AttemptDecision.Next(interrupted, SomeRelease.Of(sequence: 9), Now, Boot)!;

        Assert.Equal((AttemptPhase.Building, true, Boot), (resumed.Phase, resumed.RepairsStore, resumed.BootId));
        Assert.Equal((AttemptPhase.Fetching, true), (other.Phase, other.RepairsStore));
        Assert.Equal((phase, false), (Next(killed)!.Phase, Next(killed)!.RepairsStore));
    }

    [Fact]
    public void FB4_a_repair_that_was_cut_off_is_begun_again() =>
        Assert.True(Next(After(Release, AttemptPhase.Building) with
        {
            Attempt = After(Release, AttemptPhase.Building).Attempt! with { BootId = Boot, RepairsStore = true },
        })!.RepairsStore);

    [Fact]
    public void FB4_what_is_suspect_stays_so_for_the_next_attempt_and_since_the_first_that_was_cut_off()
    {
        var cut = After(Release, AttemptPhase.Building).Attempt! with { BootId = "the boot before" };
        var resumed = AttemptStateMachine.Resume(cut, Boot);

        Assert.Equal(cut.StartedAt, resumed.SuspectSince);
        Assert.Equal(cut.StartedAt, AttemptDecision.Next(
            AgentJournal.Empty with { Attempt = resumed }, SomeRelease.Of(sequence: 9), Now.AddDays(3), Boot)!.SuspectSince);
    }

    [Fact]
    public void FB4_another_power_cut_does_not_make_a_store_suspect_since_later()
    {
        var first = Now.AddDays(-1);
        var journal = After(Release, AttemptPhase.Building);
        journal = journal with
        {
            Attempt = journal.Attempt! with { BootId = "the boot before", RepairsStore = true, SuspectSince = first },
            Looking = new StoreUse(Now, "the boot before"),
        };

        Assert.Equal(first, Next(journal)!.SuspectSince);
        Assert.Equal(first, AttemptDecision.Next(journal, SomeRelease.Of(sequence: 9), Now, Boot)!.SuspectSince);
        Assert.Equal(first, AttemptDecision.Suspect(journal, Boot).Attempt!.SuspectSince);
    }

    [Fact]
    public void FB4_a_repair_that_was_cut_off_while_it_fetched_fetches_first()
    {
        var journal = After(Release, AttemptPhase.Fetching);

        var next = Next(journal with { Attempt = journal.Attempt! with { BootId = "the boot before", RepairsStore = true } })!;

        Assert.Equal((AttemptPhase.Fetching, true), (next.Phase, next.RepairsStore));
    }

    [Fact]
    public void A_system_that_was_not_put_back_is_put_back_before_its_release_is_tried_again()
    {
        var journal = After(Release, AttemptPhase.Finished, attempt: 4, retryAt: Now);

        var next = Next(journal with
        {
            Attempt = journal.Attempt! with { Outcome = AttemptOutcome.NeedsHuman, Previous = SomeRelease.System("old") },
        });

        Assert.Equal((5, AttemptPhase.RollingBack), Told(next));
    }

    [Theory]
    [InlineData("the boot before", true)]
    [InlineData(Boot, false)]
    public void FB4_a_look_for_newer_inputs_that_a_power_cut_ended_leaves_a_store_that_is_suspect(string bootId, bool isSuspect)
    {
        var journal = After(Release, AttemptPhase.Finished) with { Looking = new StoreUse(Now, bootId) };

        var seen = AttemptDecision.Suspect(journal, Boot);

        Assert.Equal((isSuspect, isSuspect ? Now : (DateTimeOffset?)null), (seen.Attempt!.RepairsStore, seen.Attempt.SuspectSince));
        Assert.Equal(isSuspect, AttemptDecision.Next(seen, SomeRelease.Of(sequence: 9), Now, Boot)!.RepairsStore);
    }

    [Fact]
    public void A_self_update_that_failed_is_no_reason_to_try_the_release_again() =>
        Assert.Null(Next(After(Release, AttemptPhase.Finished, retryAt: Now) with
        {
            Attempt = After(Release, AttemptPhase.Finished, retryAt: Now).Attempt! with { Update = "Self-update of nixpkgs" },
        }));

    [Fact]
    public void A_refresh_starts_no_attempt() =>
        Assert.Null(AttemptDecision.Next(
            After(Release, AttemptPhase.Finished), Release with { Issued = Now.AddDays(1), Expires = Now.AddDays(60) }, Now, Boot));

    [Fact]
    public void FB1_FA11_what_will_not_pass_waits_for_the_next_release() => Assert.Null(Next(After(Release, AttemptPhase.Finished)));

    [Fact]
    public void FB1_what_may_pass_is_tried_again_when_its_pause_is_over()
    {
        Assert.Null(Next(After(Release, AttemptPhase.Finished, retryAt: Now.AddSeconds(1))));
        Assert.Equal((2, AttemptPhase.Fetching), Told(Next(After(Release, AttemptPhase.Finished, retryAt: Now))));
    }

    [Fact]
    public void FO8_a_clock_that_went_back_holds_no_retry_for_ever()
    {
        Assert.Null(Next(After(Release, AttemptPhase.Finished, retryAt: Now + RetryPause.Longest)));
        Assert.NotNull(Next(After(Release, AttemptPhase.Finished, retryAt: Now + RetryPause.Longest + TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Pauses_grow_and_stay_in_their_bounds() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0, 1]).Sample((attempt, jitter) =>
    {
        var pause = RetryPause.After(attempt, jitter);

        Assert.InRange(pause, TimeSpan.FromSeconds(30), RetryPause.Longest);
        Assert.True(RetryPause.After(int.Min(attempt, 1000) + 1, jitter) >= RetryPause.After(int.Min(attempt, 1000), jitter));
    });

    [Fact]
    public void S4_hosts_do_not_all_pause_alike_and_each_pauses_alike_every_time()
    {
        var jitters = Enumerable.Range(0, 200).Select(number => Jitter.Of($"h{number}", 1)).ToList();

        Assert.All(jitters, jitter => Assert.InRange(jitter, 0, 0.999999999999));
        Assert.InRange(jitters.Average(), 0.4, 0.6);
        Assert.Equal(jitters.Count, jitters.Distinct().Count());
        Assert.Equal(Jitter.Of("h1", 1), Jitter.Of("h1", 1));
        Assert.NotEqual(Jitter.Of("h1", 1), Jitter.Of("h1", 2));
    }

    private static (int, AttemptPhase)? Told(JournalAttempt? attempt) => attempt is null ? null : (attempt.Attempt, attempt.Phase);

    private static JournalAttempt? Next(AgentJournal journal) => AttemptDecision.Next(journal, Release, Now, Boot);

    private static AgentJournal After(Release release, AttemptPhase phase, int attempt = 1, DateTimeOffset? retryAt = null) => new()
    {
        Floor = release.Number,
        FloorId = release.Id,
        Attempt = new JournalAttempt(release, attempt, Now, phase)
        {
            Outcome = AttemptOutcome.FetchFailed,
            WillRetry = retryAt is not null,
            RetryAt = retryAt,
        },
    };
}
