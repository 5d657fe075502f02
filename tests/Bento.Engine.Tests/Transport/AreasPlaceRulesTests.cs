using Bento.Transport;

namespace Bento.Engine.Tests.Transport;

public sealed class AreasPlaceRulesTests
{
    [Theory]
    [InlineData("/srv/fleet/.bento/areas", "/srv/fleet/.bento")]
    [InlineData("/srv/fleet/.bento/areas/lab", "/srv/fleet/.bento")]
    [InlineData("/srv/fleet/areas", "/srv/fleet/.bento")]
    [InlineData("/srv/fleet/hosts2", "/srv/fleet/.bento")]
    [InlineData("/srv/bento", "/var/lib/bento")]
    [InlineData("/var/lib/bento/areas", "/var/lib/bento")]
    public void A_directory_of_their_own_is_a_place_for_areas(string areas, string state) =>
        Assert.Null(AreasPlaceRules.Problem(areas, "/srv/fleet", state));

    [Theory]
    [InlineData("/", "the root of all files")]
    [InlineData("/srv", "holds the Bento directory")]
    [InlineData("/srv/fleet", "holds the Bento directory")]
    [InlineData("/srv/fleet/hosts", "configurations")]
    [InlineData("/srv/fleet/hosts/web", "configurations")]
    [InlineData("/srv/fleet/utils", "configurations")]
    [InlineData("/var/lib", "holds the state directory")]
    [InlineData("/var/lib/bento", "holds the state directory")]
    [InlineData("/var/lib/bento/hosts", "records of Bento")]
    public void A_directory_that_holds_something_else_is_none(string areas, string why) =>
        Assert.Contains(why, AreasPlaceRules.Problem(areas, "/srv/fleet", "/var/lib/bento"), StringComparison.Ordinal);
}
