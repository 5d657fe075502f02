using Bento.Building.Errors;
using Bento.Hosts;

namespace Bento.Engine.Tests.Building.Errors;

public sealed class NixLogLineTests
{
    private const string Drv = "/nix/store/4l4qkh4982wj8f4kx2kacxgg3kfgdahs-nixos-system-bad-1.drv";

    [Fact]
    public void The_start_of_a_build_names_its_derivation() => Assert.Equal(
        new NixLogEntry.BuildStarted(24352464568325, StorePath.Parse(Drv)),
        NixLogLine.Read(
            $$"""@nix {"action":"start","fields":["{{Drv}}","",1,1],"id":24352464568325,"level":3,"text":"building","type":105}"""));

    [Fact]
    public void Counters_are_done_expected_running_and_failed() => Assert.Equal(
        new NixLogEntry.Counted(7, new FleetEvent.BuildAdvanced { DoneCount = 2, TotalCount = 5, RunningCount = 1, FailedCount = 3 }),
        NixLogLine.Read("""@nix {"action":"result","fields":[2,5,1,3],"id":7,"type":105}"""));

    [Fact]
    public void A_line_of_a_builder_is_read_as_printed() => Assert.Equal(
        new NixLogEntry.LinePrinted(7, "\u001b[1mx"),
        NixLogLine.Read("""@nix {"action":"result","fields":["\u001b[1mx"],"id":7,"type":101}"""));

    [Fact]
    public void A_warning_and_the_end_of_an_activity_are_read()
    {
        Assert.Equal(
            new NixLogEntry.WarningReported("warning: a cache is away"),
            NixLogLine.Read("""@nix {"action":"msg","level":1,"msg":"warning: a cache is away"}"""));
        Assert.Equal(new NixLogEntry.Stopped(7), NixLogLine.Read("""@nix {"action":"stop","id":7}"""));
    }

    [Theory]
    [InlineData("""@nix {"action":"msg","level":0,"msg":"error: no"}""")]
    [InlineData("error: no")]
    public void An_error_is_read_from_the_log_and_from_before_it(string line) =>
        Assert.Equal(new NixLogEntry.ErrorReported("error: no"), NixLogLine.Read(line));

    [Theory]
    [InlineData("")]
    [InlineData("warning: plain text")]
    [InlineData("@nix ")]
    [InlineData("@nix {")]
    [InlineData("@nix []")]
    [InlineData("@nix null")]
    [InlineData("@nix {}")]
    [InlineData("""@nix {"action":7}""")]
    [InlineData("""@nix {"action":"dance","id":1}""")]
    [InlineData("""@nix {"action":"start","id":1,"type":"105"}""")]
    [InlineData("""@nix {"action":"start","id":1,"type":105}""")]
    [InlineData("""@nix {"action":"start","id":1,"type":105,"fields":[]}""")]
    [InlineData("""@nix {"action":"start","id":1,"type":105,"fields":["/etc/passwd"]}""")]
    [InlineData("""@nix {"action":"start","id":-1,"type":104}""")]
    [InlineData("""@nix {"action":"start","id":99999999999999999999999,"type":104}""")]
    [InlineData("""@nix {"action":"result","id":1,"type":105,"fields":[1,2]}""")]
    [InlineData("""@nix {"action":"result","id":1,"type":101,"fields":{"a":1}}""")]
    [InlineData("""@nix {"action":"result","id":1,"type":999,"fields":[1]}""")]
    [InlineData("""@nix {"action":"msg","level":3,"msg":"building"}""")]
    public void What_is_not_understood_is_passed_over(string line) => Assert.Null(NixLogLine.Read(line));
}
