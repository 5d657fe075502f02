using Bento.Building.Closures;
using Bento.Engine.Tests.Protocol;
using Bento.Protocol;
using Bento.Publishing.Closures;

namespace Bento.Engine.Tests.Publishing.Closures;

public sealed class PatchPlanTests
{
    [Theory]
    [InlineData("linux-6.1.190", "linux-6.1.192", true)]
    [InlineData("linux-6.1.190-modules", "linux-6.1.192-modules", true)]
    [InlineData("linux-6.1.190-modules", "linux-6.1.192", false)]
    [InlineData("glibc-2.38-44", "glibc-2.39", true)]
    [InlineData("python3.11-yaml-6.0", "python3.11-yaml-6.1", true)]
    [InlineData("python3.11-yaml-6.0", "python3.12-yaml-6.0", false)]
    [InlineData("etc", "etc", true)]
    [InlineData("etc", "etc-hosts", false)]
    public void A_path_is_made_of_the_one_of_its_package_that_is_gone(string before, string after, bool isPair) => Assert.Equal(
        isPair ? [($"{SomeClosure.StorePath(5, after)}", $"{SomeClosure.StorePath(1, before)}")] : [],
        PatchPlan.Of(Closure((1, before, 30_000)), [Info(5, after, 30_000)]).Select(pair => ($"{pair.Path.Path}", $"{pair.From.Path}")));

    [Fact]
    public void What_stays_is_neither_beginning_nor_end() => Assert.Empty(
        PatchPlan.Of(Closure((1, "lib-1", 30_000), (2, "lib-2", 30_000)), [Info(1, "lib-1", 30_000), Info(2, "lib-2", 30_000)]));

    [Fact]
    public void Of_several_the_same_name_goes_first_and_then_what_is_nearly_as_long()
    {
        var before = Closure((1, "gcc-12.1", 50_000), (2, "gcc-12.2", 31_000), (3, "gcc-13.1", 90_000));

        Assert.Equal("gcc-13.1", From(Info(5, "gcc-13.1", 30_000)));
        Assert.Equal("gcc-12.1", From(Info(5, "gcc-14", 60_000)));
        Assert.Equal("gcc-12.2", From(Info(5, "gcc-14", 30_000)));

        string From(NarInfo info) => Assert.Single(PatchPlan.Of(before, [info])).From.Path.Name;
    }

    [Fact]
    public void Of_two_that_are_alike_it_is_always_the_same_one()
    {
        NarInfo[] wanted = [Info(5, "gcc-14", 30_000)];
        var one = Assert.Single(PatchPlan.Of(Closure((1, "gcc-12", 30_000), (2, "gcc-13", 30_000)), wanted)).From.Path;
        var other = Assert.Single(PatchPlan.Of(Closure((2, "gcc-13", 30_000), (1, "gcc-12", 30_000)), wanted)).From.Path;

        Assert.Equal((one, SomeClosure.StorePath(1, "gcc-12")), (other, one));
    }

    [Fact]
    public void What_is_small_or_would_take_too_much_memory_is_sent_whole()
    {
        var small = PatchPlan.LeastBytes;
        Assert.Empty(PatchPlan.Of(Closure((1, "a-1", small)), [Info(5, "a-2", small - 1)]));
        Assert.Single(PatchPlan.Of(Closure((1, "a-1", small)), [Info(5, "a-2", small)]));

        var half = IPatchTool.MaxBytes / 2;
        Assert.Single(PatchPlan.Of(Closure((1, "a-1", half)), [Info(5, "a-2", half)]));
        Assert.Empty(PatchPlan.Of(Closure((1, "a-1", half)), [Info(5, "a-2", half + 1)]));
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void A_patch_is_worth_it_up_to_half_of_the_file(long bytes, bool isWorthIt) =>
        Assert.Equal(isWorthIt, PatchPlan.IsWorthIt(bytes, Info(5, "a", 10_000)));

    private static ClosureManifest Closure(params (int Seed, string Name, long Bytes)[] paths) => new()
    {
        Bundles = [],
        Paths =
        [
            .. paths.Select(path =>
                SomeClosure.Path(path.Seed, path.Name, SomeClosure.Own(path.Seed, path.Bytes)) with { NarBytes = path.Bytes }),
        ],
    };

    private static NarInfo Info(int seed, string name, long bytes)
    {
        var path = SomeClosure.Path(seed, name, SomeClosure.Own(seed, bytes));
        return new NarInfo
        {
            Path = path.Path,
            Url = "nar/x.nar.zst",
            FileHash = path.File.Hash,
            FileBytes = bytes,
            NarHash = path.NarHash,
            NarBytes = bytes,
            References = [],
        };
    }
}
