namespace Bento.Architecture.Tests;

public sealed class WalkTests
{
    public static TheoryData<int> Walks => [.. Enumerable.Range(0, Walk.All.Count)];

    [Theory]
    [MemberData(nameof(Walks))]
    public void A_room_uses_only_rooms_before_it(int index)
    {
        var walk = Walk.All[index];

        var refused = new ProjectSource(walk.Place).Arrows().Distinct()
            .Select(arrow => (Arrow: arrow, Reason: walk.Refuse(arrow)))
            .Where(found => found.Reason is not null)
            .Select(found => $"{found.Arrow} {found.Reason}")
            .ToList();

        Assert.True(refused.Count == 0, $"{walk.Place}:{Environment.NewLine}{string.Join(Environment.NewLine, refused)}");
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void Every_folder_is_a_room_of_the_walk(int index)
    {
        var walk = Walk.All[index];

        Assert.Equal(walk.Rooms.Order(StringComparer.Ordinal), new ProjectSource(walk.Place).Rooms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_design_shows_the_walks()
    {
        var design = File.ReadAllText(Path.Join(Repository.Root, "docs", "design.md"));

        Assert.All(Walk.All, walk => Assert.Contains(
            $"| `{walk.Place}` | {string.Join(" → ", walk.Rooms.Where(room => room.Length > 0))} |", design, StringComparison.Ordinal));
    }
}
