using Bento.Agents.SelfUpdate;
using Bento.Building;

namespace Bento.Engine.Tests.Agents.SelfUpdate;

public sealed class LockChangesTests
{
    [Fact]
    public void What_moved_is_named_with_its_revisions() =>
        Assert.Equal("nixpkgs (1111111 to 2222222)", LockChanges.Describe([Move("nixpkgs", "1111111aaaa", "2222222bbbb")]));

    [Fact]
    public void An_input_without_a_revision_is_named_with_its_hash() =>
        Assert.Equal("dep (Ix75GHE to eO21z5B)", LockChanges.Describe([Move("dep", "sha256-Ix75GHEywjnGg", "sha256-eO21z5BfLC1")]));

    [Fact]
    public void What_came_or_went_is_named_too() =>
        Assert.Equal("a (new: 1111111), b (gone)", LockChanges.Describe([Move("a", null, "1111111"), Move("b", "1111111", null)]));

    [Fact]
    public void A_long_list_is_cut() => Assert.Equal(
        "a (gone), b (gone), c (gone), d (gone), e (gone) and 2 more",
        LockChanges.Describe([.. "abcdefg".Select(name => Move($"{name}", "1", null))]));

    [Fact]
    public void When_no_lock_file_can_be_read_only_the_words_are_missing() => Assert.Equal("its inputs", LockChanges.Describe([]));

    private static InputMove Move(string input, string? from, string? to) => new()
    {
        Input = input,
        From = Revision(from),
        To = Revision(to),
    };

    private static FlakeRevision? Revision(string? id) => id is null ? null : new FlakeRevision(id, null);
}
