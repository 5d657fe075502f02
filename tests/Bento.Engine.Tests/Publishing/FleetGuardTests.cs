using Bento.Protocol;
using Bento.Publishing;
using Bento.Trust;

namespace Bento.Engine.Tests.Publishing;

public sealed class FleetGuardTests
{
    private static readonly Release Current = SomeRelease.Of(sequence: 1);

    [Theory]
    [InlineData(true, true, true, null)]
    [InlineData(true, false, false, null)]
    [InlineData(true, false, true, null)]
    [InlineData(true, true, false, "signed")]
    [InlineData(false, true, true, "fleet")]
    [InlineData(false, false, false, "fleet")]
    public void A_host_is_not_taken_out_of_its_fleet_by_mistake(bool isSameFleet, bool isSigned, bool hasKeys, string? word)
    {
        var fleet = isSameFleet ? Current.Fleet : FleetName.Parse("another");

        var reason = FleetGuard.FindObjection(Current, isSigned, Terms(fleet, hasKeys))?.Reason;

        Assert.Equal(word is not null, reason?.Contains(word!, StringComparison.Ordinal) ?? false);
        Assert.Equal(word is null, reason is null);
    }

    [Fact]
    public void A_host_without_a_release_may_get_any() => Assert.Null(FleetGuard.FindObjection(null, false, Terms(Current.Fleet, false)));

    private static ReleaseTerms Terms(FleetName fleet, bool hasKeys) =>
        new(fleet, 0, hasKeys
            ? [SshPublicKey.Parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGw3dOOLcG5mFxsfLM9TOqBdNRgUVVbBlZvFhPYUUkgI")]
            : [], 1);
}
