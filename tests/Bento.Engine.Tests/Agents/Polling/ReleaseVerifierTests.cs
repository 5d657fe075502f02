using System.Text;
using Bento.Agents.Journal;
using Bento.Agents.Polling;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Engine.Tests.Agents.Polling;

public sealed class ReleaseVerifierTests
{
    private static readonly Release Release = SomeRelease.Of(sequence: 5);
    private static readonly TrustPolicy AnySignature = new(new TrustOptions { AllowUnsigned = true });
    private static readonly DateTimeOffset Now = Release.Issued;
    private static readonly AgentJournal Journal = new() { Floor = Release.Number, FloorId = Release.Id };

    [Fact]
    public void A_release_for_this_host_is_accepted_for_the_first_time_and_every_time()
    {
        Assert.Equal(Release.Id, Verify(Release, AgentJournal.Empty).Release!.Id);
        Assert.Equal(Release.Id, Verify(Release, Journal).Release!.Id);
        Assert.NotNull(Verify(SomeRelease.Of(sequence: 6), Journal).Release);
    }

    [Fact]
    public void A_refresh_of_an_accepted_release_is_accepted() =>
        Assert.NotNull(Verify(Release with { Issued = Now.AddDays(1), Expires = Now.AddDays(90) }, Journal).Release);

    [Fact]
    public void T5_a_release_is_stale_after_the_instant_it_expires_and_not_before()
    {
        Assert.NotNull(Verify(Release, Journal, Release.Expires).Release);
        Assert.Equal(Refusal.Stale, Verify(Release, Journal, Release.Expires.AddSeconds(1)).Refusal);
    }

    [Fact]
    public void T8_an_older_release_is_a_rollback() => Assert.Equal(Refusal.Rollback, Verify(SomeRelease.Of(sequence: 4), Journal).Refusal);

    [Fact]
    public void T8_an_older_epoch_is_a_rollback_whatever_its_sequence()
    {
        Assert.Equal(Refusal.Rollback, Verify(SomeRelease.Of(sequence: 999), Journal with { Floor = new ReleaseNumber(1, 1) }).Refusal);
        Assert.Equal(Refusal.Rollback, Verify(SomeRelease.Of(sequence: 6), Journal, epoch: 1).Refusal);
    }

    [Fact]
    public void T4_an_epoch_that_the_host_was_not_told_of_is_refused_by_a_name_of_its_own()
    {
        Assert.Equal(Refusal.WrongEpoch, Verify(SomeRelease.Of(sequence: 1, epoch: 1), Journal).Refusal);
        Assert.Equal(Refusal.WrongEpoch, Verify(SomeRelease.Of(sequence: 1, epoch: 1), AgentJournal.Empty).Refusal);
        Assert.Equal(Refusal.WrongEpoch, Verify(SomeRelease.Of(sequence: 6, epoch: 3), Journal, epoch: 2).Refusal);
    }

    [Fact]
    public void T4_with_the_floor_at_its_end_the_first_release_of_the_next_epoch_is_accepted()
    {
        var floor = Journal with { Floor = new ReleaseNumber(0, long.MaxValue) };

        Assert.NotNull(Verify(SomeRelease.Of(sequence: 1, epoch: 1), floor, epoch: 1).Release);
        Assert.Equal(Refusal.Rollback, Verify(Release, floor).Refusal);
        Assert.Equal(Refusal.Jump, Verify(SomeRelease.Of(sequence: 1_000_001, epoch: 1), floor, epoch: 1).Refusal);
    }

    [Fact]
    public void T8_another_release_of_the_same_number_is_a_fork() =>
        Assert.Equal(Refusal.Fork, Verify(ReleaseIdentity.WithId(Release with { ExpectedSystem = null }), Journal).Refusal);

    [Theory]
    [InlineData(1_000_005, null)]
    [InlineData(1_000_006, Refusal.Jump)]
    [InlineData(long.MaxValue, Refusal.Jump)]
    public void T4_a_number_too_far_ahead_is_a_jump(long sequence, Refusal? refusal) =>
        Assert.Equal(refusal, Verify(SomeRelease.Of(sequence: sequence), Journal).Refusal);

    [Fact]
    public void T11_a_release_for_another_host_or_fleet_is_refused()
    {
        Assert.Equal(Refusal.WrongHost, Verify(SomeRelease.Of("h2", 5), Journal).Refusal);
        Assert.Equal(
            Refusal.WrongFleet, Verify(ReleaseIdentity.WithId(Release with { Fleet = FleetName.Parse("other") }), Journal).Refusal);
    }

    [Fact]
    public void A_release_for_an_agent_like_this_one_is_accepted() =>
        Assert.NotNull(
            Verify(ReleaseIdentity.WithId(Release with { MinimumAgent = ProtocolVersion.Current }), AgentJournal.Empty).Release);

    [Fact]
    public void FO9_a_release_for_a_newer_agent_says_so() =>
        Assert.Equal(Refusal.NeedsNewerAgent, Verify(Release with { MinimumAgent = ProtocolVersion.Current + 1 }, Journal).Refusal);

    [Fact]
    public void The_first_check_that_fails_is_the_one_that_is_told()
    {
        // Everything is wrong at once; repaired one by one, the next shows.
        var release = SomeRelease.Of(
            "h2", sequence: 1) with
        { MinimumAgent = ProtocolVersion.Current + 1, Fleet = FleetName.Parse("other") };
        var late = release.Expires.AddDays(1);

        Assert.Equal(Refusal.NeedsNewerAgent, Verify(release, Journal, late).Refusal);
        Assert.Equal(Refusal.WrongFleet, Verify(release = release with { MinimumAgent = 1 }, Journal, late).Refusal);
        Assert.Equal(Refusal.WrongHost, Verify(release = release with { Fleet = Release.Fleet }, Journal, late).Refusal);
        Assert.Equal(
            Refusal.WrongEpoch,
            Verify((release = release with { Host = Release.Host }) with { Number = new ReleaseNumber(1, 1) }, Journal, late).Refusal);
        Assert.Equal(Refusal.Rollback, Verify(release, Journal, late).Refusal);
        Assert.Equal(Refusal.Fork, Verify(release = release with { Number = Release.Number }, Journal, late).Refusal);
        Assert.Equal(Refusal.Jump, Verify(release with { Number = new ReleaseNumber(0, long.MaxValue) }, Journal, late).Refusal);
        Assert.Equal(Refusal.Stale, Verify(release with { Number = new ReleaseNumber(0, 6) }, Journal, late).Refusal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"payload":"","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","signatures":[]}""")]
    public void What_is_no_release_is_malformed(string text) =>
        Assert.Equal(
            Refusal.Malformed,
            new ReleaseVerifier(Release.Fleet, Release.Host, AnySignature, 0).Verify(Encoding.UTF8.GetBytes(text), Journal, Now).Refusal);

    [Fact]
    public void FO9_a_release_of_a_later_schema_needs_a_newer_agent_whatever_else_it_holds()
    {
        var envelope = ReleaseFileJson.Write(new ReleaseEnvelope(Encoding.UTF8.GetBytes("""{"schema":2,"something":"new"}"""), []));

        Assert.Equal(
            Refusal.NeedsNewerAgent,
            new ReleaseVerifier(Release.Fleet, Release.Host, AnySignature, 0).Verify(envelope, Journal, Now).Refusal);
    }

    [Fact]
    public void T8_a_release_that_bears_the_id_of_another_one_is_refused()
    {
        var forged = Release with { Policy = new HostPolicy { Reboot = true } };

        var verification = new ReleaseVerifier(Release.Fleet, Release.Host, AnySignature, 0)
            .Verify(ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(forged), [])), Journal, Now);

        Assert.Equal(Refusal.Malformed, verification.Refusal);
    }

    [Theory]
    [InlineData("\"x\":1,\"x\":2", "'x'")]
    [InlineData("\"x\":{\"y\":1,\"y\":2}", "'y'")]
    [InlineData("\"x\":\"\u00ff\"", "UTF-8")]
    public void T8_what_a_later_member_of_a_payload_says_is_held_to_the_rules_of_JSON_too(string member, string words)
    {
        // Latin 1 makes one byte of the last character, which is no UTF-8.
        var payload = Encoding.Latin1.GetBytes($"{{{member},{Encoding.UTF8.GetString(PayloadJson.Write(Release))[1..]}");

        var verification = new ReleaseVerifier(Release.Fleet, Release.Host, AnySignature, 0).Verify(
            ReleaseFileJson.Write(new ReleaseEnvelope(payload, [])), Journal, Now);

        Assert.Equal(Refusal.Malformed, verification.Refusal);
        Assert.Contains(words, verification.Detail, StringComparison.Ordinal);
    }

    private static Verification Verify(Release release, AgentJournal journal, DateTimeOffset? now = null, long epoch = 0) =>
        new ReleaseVerifier(Release.Fleet, Release.Host, AnySignature, epoch)
            .Verify(ReleaseFileJson.Write(new ReleaseEnvelope(PayloadJson.Write(ReleaseIdentity.WithId(release)), [])), journal, now
                ?? Now);
}
