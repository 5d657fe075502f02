using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class RebootRuleTests
{
    private static readonly StorePath Old = SomeRelease.System("old");
    private static readonly StorePath New = SomeRelease.System("new");
    private static readonly DateTimeOffset Noon = new(2026, 6, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly HostPolicy Allowed = new() { Reboot = true };

    [Fact]
    public void A_new_kernel_reboots_the_machine_where_the_release_allows_it()
    {
        Assert.Equal(RebootVerdict.Now, Judge(After(Allowed), NewKernel));
        Assert.Equal(RebootVerdict.NotAllowed, Judge(After(HostPolicy.Default), NewKernel));
        Assert.Equal(RebootVerdict.NotNeeded, Judge(After(Allowed), NewKernel with { NeedsReboot = false }));
    }

    [Theory]
    [InlineData("11:00-12:01", RebootVerdict.Now)]
    [InlineData("12:00-13:00", RebootVerdict.Now)]
    [InlineData("11:00-12:00", RebootVerdict.NotNow)]
    [InlineData("23:00-12:30", RebootVerdict.Now)]
    [InlineData("23:00-05:00", RebootVerdict.NotNow)]
    internal void A_window_holds_it_back(string window, RebootVerdict verdict) =>
        Assert.Equal(verdict, Judge(After(Allowed with { RebootWindow = TimeWindows.Parse(window) }), NewKernel));

    [Fact]
    public void A_host_that_does_not_know_the_time_zone_of_its_window_does_not_reboot() => Assert.Equal(
        RebootVerdict.NotNow,
        RebootRule.Judge(After(Allowed with { RebootWindow = TimeWindows.Parse("00:00-00:00 Mars/Olympus") }), NewKernel, Noon, null));

    [Fact]
    public void A_frozen_host_does_not_reboot_until_that_is_over()
    {
        var frozen = After(Allowed) with { Freeze = new HostFreeze { Reason = "sale", Since = Noon, Until = Noon.AddMinutes(1) } };

        Assert.Equal(RebootVerdict.NotNow, Judge(frozen, NewKernel));
        Assert.Equal(RebootVerdict.Now, RebootRule.Judge(frozen, NewKernel, Noon.AddMinutes(1), TimeZoneInfo.Utc));
        Assert.Equal(RebootVerdict.NotNeeded, Judge(frozen, NewKernel with { NeedsReboot = false }));
    }

    [Fact]
    public void What_was_only_prepared_for_the_next_boot_needs_one_without_a_new_kernel()
    {
        var machine = NewKernel with { NeedsReboot = false, Running = Old };
        var staged = After(Allowed, AttemptOutcome.RebootNeeded);

        Assert.Equal(RebootVerdict.Now, Judge(staged with { Attempt = staged.Attempt! with { IsStaged = true } }, machine));

        // Somebody tries another system by hand: that is no reason to take the machine down.
        Assert.Equal(RebootVerdict.NotNeeded, Judge(After(Allowed), machine));
    }

    [Theory]
    [InlineData(AttemptOutcome.RolledBack)]
    [InlineData(AttemptOutcome.BuildFailed)]
    [InlineData(AttemptOutcome.NeedsHuman)]
    public void A_release_that_did_not_hold_reboots_nothing(AttemptOutcome outcome) =>
        Assert.Equal(RebootVerdict.NotNeeded, Judge(After(Allowed, outcome), NewKernel));

    [Fact]
    public void A_system_that_somebody_else_put_into_the_profile_reboots_nothing() =>
        Assert.Equal(RebootVerdict.NotNeeded, Judge(After(Allowed), NewKernel with { Profile = Old }));

    [Fact]
    public void FX1_a_reboot_that_was_ordered_and_never_came_is_ordered_again() =>
        Assert.Equal(RebootVerdict.Now, Judge(Ordered("boot 1"), NewKernel with { BootId = "boot 1" }));

    [Fact]
    public void FX3_a_machine_that_came_up_with_the_old_system_is_not_rebooted_again_for_this_release()
    {
        Assert.Equal(RebootVerdict.BootedOld, Judge(Ordered("boot 1"), NewKernel with { BootId = "boot 2" }));
        Assert.Equal(
            RebootVerdict.NotNeeded, Judge(Ordered("boot 1"), NewKernel with { BootId = "boot 2", Booted = New, NeedsReboot = false }));

        // Without a mark of boots nobody can tell: better once too few than for ever.
        Assert.Equal(RebootVerdict.BootedOld, Judge(Ordered(null), NewKernel));
    }

    [Fact]
    public void FX3_the_next_release_may_reboot_again()
    {
        var next = Ordered("boot 1") with { Reboot = new RebootOrder(ReleaseId.Parse(new string('f', 32)), New, "boot 1") };

        Assert.Equal(RebootVerdict.Now, Judge(next, NewKernel with { BootId = "boot 2" }));
    }

    private static MachineState NewKernel => new()
    {
        Running = New,
        Booted = Old,
        Profile = New,
        BootId = "boot 1",
        NeedsReboot = true,
    };

    private static RebootVerdict Judge(AgentJournal journal, MachineState machine) =>
        RebootRule.Judge(journal, machine, Noon, TimeZoneInfo.Utc);

    private static AgentJournal After(HostPolicy policy, AttemptOutcome outcome = AttemptOutcome.Succeeded) => new()
    {
        Attempt = new JournalAttempt(SomeRelease.Of() with { Policy = policy }, 1, DateTimeOffset.UnixEpoch, AttemptPhase.Finished)
        {
            System = New,
            Outcome = outcome,
        },
    };

    private static AgentJournal Ordered(string? bootId)
    {
        var journal = After(Allowed);
        return journal with { Reboot = new RebootOrder(journal.Attempt!.Release.Id, New, bootId) };
    }
}
