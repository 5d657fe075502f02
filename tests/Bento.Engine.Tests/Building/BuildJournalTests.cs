using Bento.Building;
using Bento.Hosts;

namespace Bento.Engine.Tests.Building;

public sealed class BuildJournalTests
{
    private const string Bad = "/nix/store/4l4qkh4982wj8f4kx2kacxgg3kfgdahs-bad-1.drv";
    private const string Dependent = "/nix/store/mg7d1v9cgap2cahi41fshby0pgbc54v4-dep-1.drv";

    [Theory]
    [InlineData($"error: builder for '{Bad}' failed with exit code 3")]
    [InlineData($"error: builder for '{Bad}' failed with exit code 3;\\n       last 1 log lines:\\n       > line1\\n       For full logs, run 'nix log {Bad}'.")]
    [InlineData($"error: Cannot build '{Bad}'.\\n       Reason: builder failed with exit code 3.")]
    [InlineData($"error: hash mismatch in fixed-output derivation '{Bad}':\\n  specified: a\\n  got: b")]
    [InlineData($"error: building of '{Bad}!out' timed out after 3 seconds")]
    [InlineData($"error: building of '{Bad}^out' from .drv file timed out after 3 seconds")]
    public void The_derivation_that_failed_is_known_with_its_message_and_log(string message)
    {
        var journal = new BuildJournal(20, null);
        Start(journal, 1, Bad);
        journal.Read("""@nix {"action":"result","fields":["line1"],"id":1,"type":101}""");
        Error(journal, message);

        var failure = Assert.Single(journal.Failures);

        Assert.Equal(Bad, failure.Derivation.ToString());
        Assert.Equal(["line1"], failure.Failure.LogTail);
        Assert.StartsWith("error:", failure.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"error: 1 dependencies of derivation '{Dependent}' failed to build")]
    [InlineData($"error: 1 dependency of derivation '{Dependent}' failed to build")]
    [InlineData($"error: Cannot build '{Dependent}'.\\n       Reason: 1 dependency failed.\\n       Output paths: x")]
    [InlineData($"error: build of '{Bad}', '{Dependent}' failed")]
    public void What_only_repeats_the_failure_of_another_is_no_cause(string message)
    {
        var journal = new BuildJournal(20, null);
        Error(journal, message);

        Assert.Empty(journal.Failures);
        Assert.Single(journal.Errors);
    }

    [Fact]
    public void Counters_of_other_activities_are_not_those_of_the_build()
    {
        var events = new EventLog();
        var journal = new BuildJournal(20, events);
        journal.Read("""@nix {"action":"start","id":1,"level":0,"text":"","type":104}""");
        journal.Read("""@nix {"action":"start","id":2,"level":0,"text":"","type":103}""");
        journal.Read("""@nix {"action":"result","fields":[0,2,1,0],"id":1,"type":105}""");
        journal.Read("""@nix {"action":"result","fields":[9,9,9,9],"id":2,"type":105}""");
        journal.Read("""@nix {"action":"result","fields":[0,2,1,0],"id":1,"type":105}""");

        Assert.Equal([new FleetEvent.BuildAdvanced(0, 2, 1, 0)], events.Events);
    }

    [Fact]
    public void What_builders_print_is_kept_in_bounds_and_plain()
    {
        var events = new EventLog();
        var journal = new BuildJournal(2, events);
        Start(journal, 1, Bad);
        journal.Read($$"""@nix {"action":"result","fields":["{{new string('x', 100_000)}}"],"id":1,"type":101}""");
        journal.Read("""@nix {"action":"result","fields":["\u001b[2Jcleared\u0007"],"id":1,"type":101}""");
        journal.Read("""@nix {"action":"result","fields":["last"],"id":1,"type":101}""");
        Error(journal, $"error: builder for '\\u001b[35;1m{Bad}\\u001b[0m' failed");

        Assert.Equal(["cleared", "last"], Assert.Single(journal.Failures).Failure.LogTail);
        Assert.Equal(2000, Assert.IsType<FleetEvent.BuildLogged>(events.Events[0]).Line.Length);
        Assert.Equal("bad-1", Assert.IsType<FleetEvent.BuildLogged>(events.Events[0]).Derivation);
    }

    private static void Start(BuildJournal journal, int id, string derivation) =>
        journal.Read($$"""@nix {"action":"start","fields":["{{derivation}}","",1,1],"id":{{id}},"level":3,"text":"","type":105}""");

    private static void Error(BuildJournal journal, string message) => journal.Read($$"""@nix {"action":"msg","level":0,"msg":"{{message}}"}""");
}
