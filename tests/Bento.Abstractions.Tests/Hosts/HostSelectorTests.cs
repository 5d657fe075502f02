using Bento.Hosts;

namespace Bento.Abstractions.Tests.Hosts;

public sealed class HostSelectorTests
{
    private static readonly (string Name, string[] Tags)[] Fleet =
    [
        ("web-1", ["web", "prod"]), ("web-2", ["web"]), ("lab", ["test.lab"]), ("Lab2", []), ("old", ["prod"]),
    ];

    [Theory]
    [InlineData("*", "web-1 web-2 lab Lab2 old")]
    [InlineData("lab", "lab")]
    [InlineData("web-*", "web-1 web-2")]
    [InlineData("web-?", "web-1 web-2")]
    [InlineData("?ab", "lab")]
    [InlineData("*b*", "web-1 web-2 lab Lab2")]
    [InlineData("LAB", "")]
    [InlineData("web", "")]
    [InlineData("@web", "web-1 web-2")]
    [InlineData("@test.*", "lab")]
    [InlineData("@*", "web-1 web-2 lab old")]
    [InlineData("lab,old", "lab old")]
    [InlineData(" lab , old ", "lab old")]
    [InlineData("@web+@prod", "web-1")]
    [InlineData("@web+web-2,lab", "web-2 lab")]
    [InlineData("@prod+!old", "web-1")]
    [InlineData("!old", "web-1 web-2 lab Lab2")]
    [InlineData("!old,!lab", "web-1 web-2 Lab2")]
    [InlineData("!@web", "lab Lab2 old")]
    [InlineData("!@*", "Lab2")]
    [InlineData("*,!old", "web-1 web-2 lab Lab2")]
    [InlineData("!old,@prod,lab", "web-1 lab")]
    [InlineData("!web-1+!web-2", "lab Lab2 old")]
    [InlineData("!*", "")]
    public void A_selector_selects(string selector, string expected)
    {
        var parsed = HostSelector.Parse(selector);

        Assert.Equal(
            expected,
            string.Join(' ', Fleet.Where(host => parsed.Matches(HostName.Parse(host.Name), host.Tags)).Select(host => host.Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData("a,,b")]
    [InlineData("a+")]
    [InlineData("+a")]
    [InlineData("!")]
    [InlineData("@")]
    [InlineData("!@")]
    [InlineData("!!a")]
    [InlineData("@@a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("<")]
    [InlineData("a;b")]
    public void What_is_no_selector_is_refused_with_its_grammar(string text)
    {
        Assert.False(HostSelector.TryParse(text, null, out _));

        var exception = Assert.Throws<FormatException>(() => HostSelector.Parse(text));
        Assert.Contains("globs (web-*)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_star_alone_is_all()
    {
        Assert.True(HostSelector.All.IsAll);
        Assert.True(HostSelector.Parse(" * ").IsAll);
        Assert.False(HostSelector.Parse("**").IsAll);
        Assert.False(HostSelector.Parse("*,!old").IsAll);
    }

    [Fact]
    public void Hosts_are_selected_by_their_names_and_no_others()
    {
        var selector = HostSelector.Of(HostName.Parse("web-1"), HostName.Parse("lab"));

        Assert.Equal(
            ["web-1", "lab"],
            Fleet.Where(host => selector.Matches(HostName.Parse(host.Name), host.Tags)).Select(host => host.Name));
        Assert.Throws<ArgumentException>(() => HostSelector.Of());
    }

    [Fact]
    public void It_prints_as_it_was_written() => Assert.Equal("@lab+web-*,!old", HostSelector.Parse("@lab+web-*,!old").ToString());

    [Theory]
    [InlineData("*", "")]
    [InlineData("web-1,@prod,Lab2,?ab", "")]
    [InlineData("web-3,lab", "web-3")]
    [InlineData("@wbe+web-1", "@wbe")]
    [InlineData("wbe-*,@l?b", "wbe-* @l?b")]
    [InlineData("!odl,!@prd", "odl @prd")]
    [InlineData("!old,!@prod", "")]
    [InlineData("!odl-*,!@p?d", "")]
    [InlineData("odl,!odl,odl", "odl")]
    public void What_matches_no_host_is_found_once_unless_it_is_a_glob_that_takes_away(string selector, string unmatched)
    {
        var tags = Fleet.ToDictionary(host => HostName.Parse(host.Name), IReadOnlyList<string> (host) => host.Tags);

        Assert.Equal(unmatched, string.Join(' ', HostSelector.Parse(selector).FindUnmatched(tags.Keys, host => tags[host])));
    }

    [Fact]
    public void Two_selectors_are_equal_when_they_are_written_alike()
    {
        var selector = HostSelector.Parse("lab,old");

        Assert.True(selector.Equals(HostSelector.Parse(" lab,old ")));
        Assert.Equal(selector.GetHashCode(), HostSelector.Parse(" lab,old ").GetHashCode());
        Assert.False(selector.Equals(HostSelector.Parse("old,lab")));
        Assert.False(selector.Equals(null));
    }

    [Fact]
    public void What_is_missing_is_a_mistake_of_the_caller_by_its_name()
    {
        Assert.Throws<ArgumentNullException>("s", () => HostSelector.Parse(null!));
        Assert.Throws<ArgumentNullException>("hosts", () => HostSelector.Of(null!));
        Assert.Throws<ArgumentNullException>("hosts", () => HostSelector.All.FindUnmatched(null!, _ => []));
        Assert.Throws<ArgumentNullException>("tagsOf", () => HostSelector.All.FindUnmatched([], null!));
        Assert.Throws<ArgumentNullException>("tags", () => HostSelector.All.Matches(HostName.Parse("lab"), null!));
    }

    [Fact]
    public void A_glob_of_many_stars_is_matched_in_no_time()
    {
        var selector = HostSelector.Parse(string.Concat(Enumerable.Repeat("*a", 500)) + "b");

        Assert.False(selector.Matches(HostName.Parse(new string('a', HostName.MaxLength)), []));
    }
}
