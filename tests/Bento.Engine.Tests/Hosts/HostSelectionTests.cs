using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Engine.Tests.Hosts;

public sealed class HostSelectionTests
{
    private static readonly HostName[] Known = [.. new[] { "router", "web-1", "web-2", "laptop" }.Select(name => HostName.Parse(name))];

    [Theory]
    [InlineData("ruoter", "Did you mean router?")]
    [InlineData("web1", "Did you mean web-1 or web-2?")]
    [InlineData("WEB-1", "Did you mean web-1?")]
    [InlineData("web", "Did you mean web-1 or web-2?")]
    [InlineData("top", "Did you mean laptop?")]
    [InlineData("zzzzzz", "There are 4 hosts, such as laptop.")]
    [InlineData("ruoter,zzzzzz", "Did you mean router?")]
    [InlineData("@prdo", "Did you mean @prod?")]
    [InlineData("@zzzzzz", "There is one tag: @prod.")]
    [InlineData("wbe-1", "Did you mean web-1 or web-2?")]
    [InlineData("!*", "There are 4 hosts, such as laptop.")]
    public void A_selection_of_nothing_says_what_is_near(string selector, string hint)
    {
        var options = new BentoOptions();
        options.Hosts["router"] = new BentoHostOptions();
        options.Hosts["router"].Tags.Add("prod");

        var exception = new HostSelection(HostSelector.Parse(selector), options).Empty(Known);

        Assert.Equal($"selection: '{selector}' selects no host. {hint}", exception.Message);
    }

    [Fact]
    public void A_name_and_a_tag_that_nobody_has_are_told_also_where_others_are_selected()
    {
        var options = new BentoOptions();
        options.Hosts["router"] = new BentoHostOptions();
        options.Hosts["router"].Tags.Add("prod");

        var problems = new HostSelection(HostSelector.Parse("router,lapotp,@prod,@prdo,@x*,!old-*"), options).Unknown(Known);

        Assert.Equal(
            [
                "'lapotp' is not a host. Did you mean laptop?",
                "'@prdo' is not a tag of any host. Did you mean @prod?",
                "'@x*' matches no host. There is one tag: @prod.",
            ],
            problems.Select(problem => problem.Message));
    }

    [Fact]
    public void A_selection_of_a_fleet_of_nobody_says_so() =>
        Assert.Contains(
            "No host is known yet. The first deploy publishes the first releases.",
            new HostSelection(HostSelector.Parse("x"), new BentoOptions()).Empty([]).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Tags_come_from_the_options_of_the_host()
    {
        var options = new BentoOptions();
        options.Hosts["a"] = new BentoHostOptions();
        options.Hosts["a"].Tags.Add("lab");
        var selection = new HostSelection(HostSelector.Parse("@lab"), options);

        Assert.True(selection.Includes(HostName.Parse("a")));
        Assert.False(selection.Includes(HostName.Parse("b")));
    }

    [Fact]
    public void A_mark_and_an_option_say_the_same()
    {
        var options = new BentoOptions();
        options.Hosts["a"] = new BentoHostOptions
        {
            SelfUpdate = true,
            RebootWindow = "23:00-04:00",
            Rollback = false,
            ConfirmTimeout = TimeSpan.FromMinutes(1),
        };
        var selection = new HostSelection(HostSelector.All, options);

        var settings = selection.Settings(HostName.Parse("a"), DirectoryMarks.Reboot | DirectoryMarks.EvaluateOnly);

        Assert.True(settings.EvaluateOnly);
        Assert.Equal(
            new HostPolicy
            {
                SelfUpdate = true,
                Reboot = true,
                RebootWindow = TimeWindows.Parse("23:00-04:00"),
                Rollback = false,
                ConfirmTimeout = TimeSpan.FromMinutes(1),
            },
            settings.Policy);
    }

    [Fact]
    public void A_host_about_which_nothing_is_said_has_the_default_policy() =>
        Assert.Equal(
            HostPolicy.Default,
            new HostSelection(HostSelector.All, new BentoOptions()).Settings(HostName.Parse("a"), DirectoryMarks.None).Policy);

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("wbe", "web", 1)]
    [InlineData("wbex", "web", 2)]
    public void The_distance_of_two_words_is_the_number_of_letters_to_change(string left, string right, int distance) =>
        Assert.Equal(distance, EditDistance.Between(left, right));
}
