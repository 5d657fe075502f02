using Bento.Engine.Tests.Publishing;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Publishing;
using Bento.Trust;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

public sealed class ReleaseIdentityTests
{
    public static TheoryData<string, Func<object, object>> Changes => new()
    {
        { "fleet", Change(release => release with { Fleet = FleetName.Parse("other") }) },
        { "host", Change(release => release with { Host = HostName.Parse("h2") }) },
        { "epoch", Change(release => release with { Number = new ReleaseNumber(1, 1) }) },
        { "sequence", Change(release => release with { Number = new ReleaseNumber(0, 2) }) },
        { "kind", Change(release => release with { Kind = ConfigurationKind.Channel }) },
        { "attribute", Change(release => release with { Attribute = "other" }) },
        { "archive", Change(release =>
            release with { Content = release.Content with { Archive = ContentHash.FromBytes([.. Enumerable.Repeat((byte)1, 32)]) } }) },
        { "size", Change(release => release with { Content = release.Content with { ArchiveBytes = 1 } }) },
        { "files", Change(release => release with { Content = release.Content with { FileCount = 1 } }) },
        { "tree", Change(release => release with { Content = release.Content with { TreeHash = TreeHash.FromBytes(new byte[32]) } }) },
        { "system", Change(release => release with { ExpectedSystem = null }) },
        { "self-update", Change(release => release with { Policy = release.Policy with { SelfUpdate = true } }) },
        { "reboot", Change(release => release with { Policy = release.Policy with { Reboot = true } }) },
        { "window", Change(release => release with { Policy = release.Policy with { RebootWindow = TimeWindows.Parse("01:00-02:00") } }) },
        { "rollback", Change(release => release with { Policy = release.Policy with { Rollback = false } }) },
        { "again", Change(release => release with { Policy = release.Policy with { RetryRolledBack = true } }) },
        { "confirm", Change(release => release with { Policy = release.Policy with { ConfirmTimeout = TimeSpan.FromSeconds(1) } }) },
        { "checks", Change(release =>
            release with { Policy = release.Policy with { HealthChecks = [new HealthCheck.Unit("x", HealthCheck.DefaultTimeout)] } }) },
        { "secrets", Change(release => release with
        {
            Secrets = new ReleaseSecrets
            {
                Archive = release.Content.Archive,
                ArchiveBytes = 1,
                Files = [new SecretFile
                {
                    Path = "a",
                    Owner = "root",
                    Group = "root",
                    Mode = SecretFile.DefaultMode,
                }],
            },
        }) },
        { "provenance", Change(release => release with { Provenance = SomeProvenance }) },
        { "closure", Change(
            release => release with { Closure = new ReleaseClosure { Manifest = release.Content.Archive, ManifestBytes = 1 } }) },
        { "agent", Change(release => release with { MinimumAgent = 2 }) },
    };

    [Fact]
    public void The_id_can_be_computed_from_the_bytes_alone() =>
        SomeRelease.Any.Sample(release => Assert.Equal(release.Id, ReleaseIdentity.Of(PayloadJson.Write(release))));

    [Fact]
    public void The_id_can_be_computed_from_the_bytes_of_a_release_that_says_where_it_comes_from()
    {
        var release = ReleaseIdentity.WithId(SomeRelease.Of() with { Provenance = SomeProvenance });

        Assert.Equal(release.Id, ReleaseIdentity.Of(PayloadJson.Write(release)));
        Assert.Equal(SomeProvenance, PayloadJson.Read(PayloadJson.Write(release)).Provenance);
    }

    [Fact]
    public void A_refresh_keeps_the_id()
    {
        var release = SomeRelease.Of();

        Assert.Equal(
            release.Id,
            ReleaseIdentity.WithId(release with { Issued = release.Issued.AddDays(1), Expires = release.Expires.AddDays(9) }).Id);
    }

    [Fact]
    public void The_id_that_a_release_has_does_not_count() =>
        Assert.Equal(SomeRelease.Of(), ReleaseIdentity.WithId(SomeRelease.Of() with { Id = ReleaseId.FromBytes(new byte[16]) }));

    [Theory]
    [MemberData(nameof(Changes))]
    public void Everything_else_that_changes_changes_the_id(string what, Func<object, object> change)
    {
        var changed = ReleaseIdentity.WithId((Release)change(SomeRelease.Of()));

        Assert.True(changed.Id != SomeRelease.Of().Id, what);
    }

    [Fact]
    public void A_release_already_says_what_it_would_say_again()
    {
        var release = SomeRelease.Of();

        Assert.True(Wanted().IsAlready(release, Terms(release.Fleet)));
        Assert.True(Wanted().IsAlready(release with { Issued = release.Issued.AddDays(9) }, Terms(release.Fleet)));
        Assert.False(Wanted().IsAlready(release, Terms(FleetName.Parse("other"))));
        Assert.False(Wanted().IsAlready(release, Terms(release.Fleet) with { Epoch = 1 }));
        Assert.False((Wanted() with { TreeHash = TreeHash.FromBytes(new byte[32]) }).IsAlready(release, Terms(release.Fleet)));
        Assert.False((Wanted() with { System = SomeRelease.System("other") }).IsAlready(release, Terms(release.Fleet)));
        Assert.False(Wanted(HostPolicy.Default with { Reboot = true }).IsAlready(release, Terms(release.Fleet)));
        Assert.False(Wanted().IsAlready(release with { Policy = release.Policy with { Rollback = false } }, Terms(release.Fleet)));
    }

    [Fact]
    public void A_release_whose_id_is_not_its_own_is_published_again() =>
        Assert.False(Wanted().IsAlready(SomeRelease.Of() with { Id = ReleaseId.FromBytes(new byte[16]) }, Terms(FleetName.Parse("bento"))));

    private static Provenance SomeProvenance { get; } = new()
    {
        Commit = new string('a', 40),
        CommittedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Branch = "c++/ä",
        Subject = "<1> + 'x' & \"y\" \U0001f600",
        IsDirty = true,
    };

    private static Func<object, object> Change(Func<Release, Release> change) => release => change((Release)release);

    private static ReleaseTerms Terms(FleetName fleet) => new(fleet, 0, [], 0);

    private static WantedRelease Wanted(HostPolicy? policy = null) => new(
        new HostSpec
        {
            Name = HostName.Parse("h1"),
            Directory = "hosts/h1",
            Kind = ConfigurationKind.Flake,
            Settings = new HostSettings { Policy = policy ?? HostPolicy.Default },
        },
        SomeRelease.Of().Content.TreeHash,
        SomeRelease.System("h1"));
}
