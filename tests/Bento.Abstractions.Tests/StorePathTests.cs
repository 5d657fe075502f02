using CsCheck;

namespace Bento.Abstractions.Tests;

public sealed class StorePathTests
{
    private const string Hash = "0123456789abcdfghijklmnpqrsvwxyz";

    [Theory]
    [InlineData("/nix/store", "nixos-system-lab-25.05")]
    [InlineData("/nix/store", "x")]
    [InlineData("/nix/store", "a+b._?=-Z")]
    [InlineData("/nix/store", ".dot")]
    [InlineData("/tmp/other-store/deep/store", "x")]
    [InlineData("/s", "x")]
    public void A_path_in_any_store_is_read_with_its_parts(string store, string name)
    {
        var path = StorePath.Parse($"{store}/{Hash}-{name}");

        Assert.Equal($"{store}/{Hash}-{name}", path.ToString());
        Assert.Equal(store, path.Directory);
        Assert.Equal(Hash, path.HashPart);
        Assert.Equal(name, path.Name);
        Assert.Equal($"{Hash}-{name}", path.BaseName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData(Hash + "-x")]
    [InlineData("/" + Hash + "-x")]
    [InlineData("nix/store/" + Hash + "-x")]
    [InlineData("//nix/store/" + Hash + "-x")]
    [InlineData("/nix//store/" + Hash + "-x")]
    [InlineData("/nix/../store/" + Hash + "-x")]
    [InlineData("/nix/./store/" + Hash + "-x")]
    [InlineData("/nix/st ore/" + Hash + "-x")]
    [InlineData("/nix/st\nore/" + Hash + "-x")]
    [InlineData("/nix/st\u007fore/" + Hash + "-x")]
    [InlineData("/nix/store/" + Hash + "-x/")]
    [InlineData("/nix/store/" + Hash + "-x/bin")]
    [InlineData("/nix/store/" + Hash + "-")]
    [InlineData("/nix/store/" + Hash)]
    [InlineData("/nix/store/" + Hash + "_x")]
    [InlineData("/nix/store/e123456789abcdfghijklmnpqrsvwxyz-x")]
    [InlineData("/nix/store/0123456789ABCDFGHIJKLMNPQRSVWXYZ-x")]
    [InlineData("/nix/store/" + Hash + "-.")]
    [InlineData("/nix/store/" + Hash + "-..")]
    [InlineData("/nix/store/" + Hash + "-a b")]
    [InlineData("/nix/store/" + Hash + "-a\n")]
    [InlineData("/nix/store/" + Hash + "-ä")]
    [InlineData("/nix/store/" + Hash + "-a$b")]
    [InlineData("/nix/store/" + Hash + "-a'b")]
    public void What_is_no_store_path_is_refused(string text)
    {
        Assert.False(StorePath.TryParse(text, out var path));

        Assert.Equal(default, path);
        Assert.Throws<FormatException>(() => StorePath.Parse(text));
    }

    [Theory]
    [InlineData(211, true)]
    [InlineData(212, false)]
    public void A_name_has_at_most_211_characters(int length, bool isPath) =>
        Assert.Equal(isPath, StorePath.TryParse($"/nix/store/{Hash}-{new string('x', length)}", out _));

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_whole_path_has_at_most_1024_characters(int length, bool isPath)
    {
        var end = $"/{Hash}-x";

        Assert.Equal(isPath, StorePath.TryParse($"/{new string('s', length - end.Length - 1)}{end}", out _));
    }

    [Fact]
    public void No_text_at_all_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentNullException>(() => StorePath.Parse(null!));

    [Fact]
    public void H19_whatever_is_read_holds_nothing_that_a_shell_or_a_terminal_could_take_for_its_own() =>
        Gen.Char.Array[0, 8].Sample(noise =>
        {
            var text = $"/nix/store/{Hash}-a{new string(noise)}";

            Assert.True(!StorePath.TryParse(text, out var path)
                || path.BaseName.All(c => char.IsAsciiLetterOrDigit(c) || "+-._?=".Contains(c, StringComparison.Ordinal)));
        });

    [Fact]
    public void A_derivation_is_told_by_its_end()
    {
        Assert.True(StorePath.Parse($"/nix/store/{Hash}-x.drv").IsDerivation);
        Assert.False(StorePath.Parse($"/nix/store/{Hash}-x.drv2").IsDerivation);
    }

    [Fact]
    public void The_default_value_is_nothing_and_throws_nothing()
    {
        Assert.Equal(string.Empty, default(StorePath).ToString());
        Assert.Equal(string.Empty, default(StorePath).Name);
        Assert.Equal(string.Empty, default(StorePath).BaseName);
        Assert.Equal(string.Empty, default(StorePath).HashPart);
        Assert.Equal(string.Empty, default(StorePath).Directory);
        Assert.False(default(StorePath).IsDerivation);
    }
}
