using Bento.Agents.Closures;
using Bento.Engine.Tests.Protocol;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Agents.Closures;

public sealed class TransferPlanTests
{
    private static readonly ClosureManifest Some = SomeClosure.Of();

    [Fact]
    public void What_the_store_has_is_not_fetched()
    {
        Assert.Empty(TransferPlan.Of(Some, [], _ => false));
        Assert.Equal(
            [Some.Paths[1].File],
            Assert.Single(TransferPlan.Of(Some, [Some.Paths[1].File], _ => false)).Files);
    }

    [Fact]
    public void What_is_here_is_not_fetched_again() => Assert.DoesNotContain(
        Some.Paths[0].File,
        TransferPlan.Of(Some, All(Some), file => file == Some.Paths[0].File).SelectMany(piece => piece.Files));

    [Fact]
    public void Neighbours_are_one_piece_and_what_lies_far_apart_is_two()
    {
        Assert.Equal(2, TransferPlan.Of(Some, All(Some), _ => false).Count);
        var far = Some.Paths[2].File with { Offset = 40_000 };
        var apart = Some with
        {
            Bundles = [Some.Bundles[0] with { Bytes = 40_200 }],
            Paths = [Some.Paths[0], Some.Paths[1], Some.Paths[2] with { File = far }],
        };

        Assert.Equal(3, TransferPlan.Of(apart, All(apart), _ => false).Count);
    }

    [Fact]
    public void Every_wanted_file_is_in_exactly_one_piece_and_no_piece_is_long() => SomeClosure.Any.Sample(manifest =>
    {
        var pieces = TransferPlan.Of(manifest, All(manifest), _ => false);

        Assert.Equal(
            manifest.Paths.Select(path => path.File).Distinct().OrderBy(file => file.Hash.ToString(), StringComparer.Ordinal),
            pieces.SelectMany(piece => piece.Files).OrderBy(file => file.Hash.ToString(), StringComparer.Ordinal));
        Assert.All(pieces, piece => Assert.True(piece.Files.Count == 1 || piece.Bytes <= 4 << 20));
        Assert.All(pieces, piece => Assert.True(piece.Files.Count == 1 || piece.Files.All(file => file.Bundle is not null)));
    });

    private static List<ClosureFile> All(ClosureManifest manifest) => [.. manifest.Paths.Select(path => path.File)];
}
