using Bento.Hosts;

namespace Bento.Engine.Tests.Hosts;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData("secret", "secret", true)]
    [InlineData("secret", "deep/er/secret", true)]
    [InlineData("secret", "secrets", false)]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/a.log", true)]
    [InlineData("*.log", "a.log.txt", false)]
    [InlineData("?.x", "a.x", true)]
    [InlineData("?.x", "ab.x", false)]
    [InlineData("/secret", "secret", true)]
    [InlineData("/secret", "deep/secret", false)]
    [InlineData("deep/secret", "deep/secret", true)]
    [InlineData("deep/secret", "more/deep/secret", false)]
    [InlineData("deep/*", "deep/a", true)]
    [InlineData("deep/*", "deep/a/b", false)]
    [InlineData("**/b", "b", true)]
    [InlineData("**/b", "x/y/b", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "x/a/b", false)]
    [InlineData("a/**", "a/b", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("build/", "build", false)]
    [InlineData("  spaced  ", "spaced", true)]
    [InlineData("# secret", "secret", false)]
    [InlineData("", "secret", false)]
    [InlineData("/", "secret", false)]
    [InlineData("Secret", "secret", false)]
    public void A_rule_leaves_out_a_file(string rule, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRules.Default.With([rule]).IsIgnored(path, isDirectory: false));

    [Theory]
    [InlineData("build/", "build", true)]
    [InlineData("build/", "deep/build", true)]
    [InlineData("/build/", "deep/build", false)]
    [InlineData("build", "build", true)]
    public void A_rule_leaves_out_a_directory(string rule, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRules.Default.With([rule]).IsIgnored(path, isDirectory: true));

    [Theory]
    [InlineData("*.nix !keep.nix", "keep.nix", false)]
    [InlineData("*.nix !keep.nix", "other.nix", true)]
    [InlineData("!keep.nix *.nix", "keep.nix", true)]
    [InlineData("!.git", ".git", false)]
    [InlineData("a/** !a/keep", "a/keep", false)]
    public void The_last_rule_that_matches_decides(string rules, string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRules.Default.With(rules.Split(' ')).IsIgnored(path, isDirectory: false));

    [Theory]
    [InlineData(".git", true)]
    [InlineData("deep/.git", true)]
    [InlineData(".direnv", true)]
    [InlineData(".#flake.nix", true)]
    [InlineData(".flake.nix.swp", true)]
    [InlineData(".gitignore", false)]
    [InlineData(".gitattributes", false)]
    [InlineData(".envrc", false)]
    [InlineData("flake.lock", false)]
    public void Without_a_rule_only_what_changes_by_itself_is_left_out(string path, bool isIgnored) =>
        Assert.Equal(isIgnored, IgnoreRules.Default.IsIgnored(path, isDirectory: false));

    [Fact]
    public void A_rule_of_many_double_stars_is_matched_in_no_time()
    {
        var rules = IgnoreRules.Default.With([string.Concat(Enumerable.Repeat("**/a/", 16)) + "b"]);

        Assert.False(rules.IsIgnored(string.Join('/', Enumerable.Repeat("a", 32)), isDirectory: false));
    }
}
