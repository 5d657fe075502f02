using Bento.Building;

namespace Bento.Abstractions.Tests.Building;

public sealed class ClosureDifferenceTests
{
    private int _hashes;

    [Theory]
    [InlineData("openssl-3.0.1", "openssl", "3.0.1")]
    [InlineData("openssl-3.0.1-dev", "openssl", "3.0.1")]
    [InlineData("glibc-2.39-52-bin", "glibc", "2.39-52")]
    [InlineData("gtk+3-3.24", "gtk+3", "3.24")]
    [InlineData("unit-nginx.service", "unit-nginx.service", "")]
    [InlineData("etc", "etc", "")]
    [InlineData("nixos-system-web-24.05.1", "nixos-system-web", "24.05.1")]
    [InlineData("-1", "-1", "")]
    [InlineData("man", "man", "")]
    public void A_package_is_split_from_its_version_as_Nix_does_it_and_outputs_do_not_count(string full, string name, string version)
    {
        var added = Assert.Single(ClosureDifference.Between(Closure(), Closure((full, 1))).Packages);

        Assert.Equal(name, added.Name);
        Assert.Equal(version.Length == 0 ? [] : [version], added.After);
    }

    [Fact]
    public void What_was_added_removed_or_changed_is_listed_by_name()
    {
        var difference = ClosureDifference.Between(
            Closure(("curl-8.1", 100), ("jq-1.6", 50), ("same-1", 10)),
            Closure(("bash-5", 70), ("jq-1.7", 40), ("same-1", 10)));

        Assert.Equal(
            ["bash Added [] [5] 70", "curl Removed [8.1] [] -100", "jq Changed [1.6] [1.7] -10"],
            difference.Packages.Select(Line));
        Assert.Equal((160, 120), (difference.BytesBefore, difference.BytesAfter));
    }

    [Fact]
    public void A_package_in_several_versions_is_one_package()
    {
        var difference = ClosureDifference.Between(
            Closure(("perl-5.36", 1), ("perl-5.38", 1)), Closure(("perl-5.38", 1), ("perl-5.40", 2)));

        Assert.Equal("perl Changed [5.36,5.38] [5.38,5.40] 1", Line(Assert.Single(difference.Packages)));
    }

    [Theory]
    [InlineData(ClosureDifference.NoticeableBytes - 1, 0)]
    [InlineData(ClosureDifference.NoticeableBytes, 1)]
    [InlineData(-ClosureDifference.NoticeableBytes, 1)]
    public void A_package_that_was_only_rebuilt_is_worth_a_line_when_its_size_moved(long delta, int lines)
    {
        var difference = ClosureDifference.Between(Closure(("etc", 100_000)), Closure(("etc", 100_000 + delta)));

        Assert.Equal(lines, difference.Packages.Count(package => package.Kind == PackageChangeKind.Resized));
    }

    private static string Line(PackageChange package) =>
        $"{package.Name} {package.Kind} [{string.Join(',', package.Before)}] [{string.Join(',', package.After)}] {package.BytesDelta}";

    /// <summary>Every path gets a hash of its own: only names tell packages apart.</summary>
    private SystemClosure Closure(params (string Name, long Bytes)[] paths)
    {
        var all = paths.Select(path => (Path: StorePath.Parse($"/nix/store/{_hashes++:d32}-{path.Name}"), path.Bytes)).ToList();
        return new SystemClosure(
            StorePath.Parse("/nix/store/00000000000000000000000000000000-system"), all.ToDictionary(path => path.Path, path => path.Bytes));
    }
}
