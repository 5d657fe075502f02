using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Hosts;

public sealed class SharedPathTests
{
    [Theory]
    [InlineData("hosts/web/flake.nix", "../../modules/base.nix", "modules/base.nix")]
    [InlineData("hosts/web/parts/x.nix", "../../common.nix", "hosts/common.nix")]
    [InlineData("hosts/web/flake.nix", "./parts//x.nix", "hosts/web/parts/x.nix")]
    [InlineData("hosts/web/flake.nix", "../..", null)]
    [InlineData("hosts/web/flake.nix", "../../../elsewhere", null)]
    public void A_reference_is_found_where_it_leads_in_the_bento_directory(string file, string reference, string? expected) =>
        Assert.Equal(expected, SharedPath.Resolve(file, reference));

    [Theory]
    [InlineData("modules/services/web.nix", "modules")]
    [InlineData("base.nix", "base.nix")]
    [InlineData("hosts/common/base.nix", "hosts/common")]
    public void To_share_is_the_whole_directory_beside_the_hosts_and_as_little_as_can_be_of_what_lies_among_them(
        string path, string expected) => Assert.Equal(expected, SharedPath.ToShare(path));

    [Theory]
    [InlineData("modules", true)]
    [InlineData("hosts/a b", true)]
    [InlineData("", false)]
    [InlineData("/etc", false)]
    [InlineData("modules/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/../b", false)]
    [InlineData(".", false)]
    [InlineData("a\nb", false)]
    public void A_place_in_a_tree_is_names_between_single_slashes(string path, bool expected) =>
        Assert.Equal(expected, TreePath.IsBelow(path));

    [Theory]
    [InlineData("../other")]
    [InlineData("hosts")]
    [InlineData(".bento")]
    [InlineData("secrets")]
    public void What_must_not_be_shared_is_a_problem_of_the_options(string path) =>
        Assert.Equal("Share[0]", Assert.Single(SharedPathRules.Check("Share[0]", path)).Property);
}
