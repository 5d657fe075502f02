using Bento.Building.Errors;

namespace Bento.Engine.Tests.Building.Errors;

public sealed class NixWarningTests
{
    [Theory]
    [InlineData("trace: warning: an option was renamed", "an option was renamed")]
    [InlineData("evaluation warning: an option was renamed", "an option was renamed")]
    [InlineData(
        "warning: ignoring the client-specified setting 'x', because it is a restricted setting and you are not a trusted user",
        "ignoring the client-specified setting 'x', because it is a restricted setting and you are not a trusted user")]
    [InlineData("\u001b[1;35mevaluation warning:\u001b[0m colours are old", "colours are old")]
    public void Warnings_of_Nix_and_of_configurations_are_told(string line, string warning) =>
        Assert.Equal(warning, NixWarning.Read(line));

    [Theory]
    [InlineData("trace: just looking")]
    [InlineData("copying path '/nix/store/x' from 'https://cache.nixos.org'...")]
    [InlineData("warning: error: unable to download 'https://x.org/y': HTTP error 503; retrying in 330 ms")]
    [InlineData("warning: Git tree '/srv/fleet' is dirty")]
    [InlineData("")]
    public void Other_lines_are_not(string line) => Assert.Null(NixWarning.Read(line));

    [Fact]
    public void Every_Nix_prints_them() => Assert.All(RecordedNix.Versions, version => Assert.Equal(
        ["web uses an old option", "colours are old"],
        RecordedNix.Evaluation(version, "warning-and-trace").Error.Split('\n').Select(NixWarning.Read).OfType<string>()));
}
