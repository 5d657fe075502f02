using Bento.Cli.Terminal;

namespace Bento.Cli.Tests.Terminal;

public sealed class SystemWordsTests
{
    [Theory]
    [InlineData("nixos-system-web-25.05", "0123456 25.05")]
    [InlineData("nixos-system-web-2-25.05.20250101.abcdef1", "0123456 25.05.20250101.abcdef1")]
    [InlineData("nixos-system-web-25.05pre-git", "0123456 25.05pre-git")]
    [InlineData("nixos-system-web-my-label", "0123456 nixos-system-web-my-label")]
    [InlineData("hello-2.12", "0123456 hello-2.12")]
    public void A_system_is_told_by_its_hash_and_its_version(string name, string words) =>
        Assert.Equal(words, SystemWords.Of(StorePath.Parse($"/nix/store/0123456789abcdfghijklmnpqrsvwxyz-{name}")));
}
