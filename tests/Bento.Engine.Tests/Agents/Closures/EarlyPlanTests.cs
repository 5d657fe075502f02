using Bento.Agents.Closures;
using Bento.Engine.Tests.Protocol;
using Bento.Protocol;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class EarlyPlanTests
{
    private const long Large = EarlyPlan.LeastBytes;

    /// <summary>A library, what needs it, something that needs nothing, and the system that needs all.</summary>
    private readonly ClosureManifest _closure = new()
    {
        Bundles = [],
        Paths =
        [
            Path(0, Large, 0),
            Path(1, Large, 0, 1),
            Path(2, 1),
            Path(3, 1, 0, 1, 2),
        ],
    };

    [Theory]
    [InlineData("0", "0123", "0")]
    [InlineData("1", "0123", "")]
    [InlineData("01", "0123", "01")]
    [InlineData("1", "123", "1")]
    [InlineData("12", "0123", "")]
    [InlineData("012", "0123", "012")]
    [InlineData("0123", "0123", "0123")]
    [InlineData("0", "123", "")]
    public void What_the_store_takes_needs_nothing_that_is_neither_there_nor_here(string arrived, string missing, string taken) =>
        Assert.Equal(taken, Taken(arrived, missing));

    [Fact]
    public void Little_is_not_worth_a_start_of_nix() => Assert.Equal(string.Empty, Taken("2", "23"));

    private string Taken(string arrived, string missing) => string.Concat(EarlyPlan.Of(
        _closure,
        missing.Select(index => _closure.Paths[index - '0'].Path).ToHashSet(),
        file => arrived.Any(index => _closure.Paths[index - '0'].File == file)).Select(path => IndexOf(path)));

    private int IndexOf(ClosurePath path) => _closure.Paths.ToList().IndexOf(path);

    private static ClosurePath Path(int index, long bytes, params int[] references) =>
        SomeClosure.Path(index, $"p{index}", SomeClosure.Own(index, 10), references) with { NarBytes = bytes };
}
