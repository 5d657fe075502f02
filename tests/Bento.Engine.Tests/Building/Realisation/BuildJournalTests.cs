using Bento.Building.Realisation;
using Bento.Engine.Tests.Building.Errors;
using Bento.Hosts;

namespace Bento.Engine.Tests.Building.Realisation;

public sealed class BuildJournalTests
{
    private const string Bad = "/nix/store/4l4qkh4982wj8f4kx2kacxgg3kfgdahs-bad-1.drv";

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

        Assert.Equal([new FleetEvent.BuildAdvanced { DoneCount = 0, TotalCount = 2, RunningCount = 1, FailedCount = 0 }], events.Events);
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

        Assert.Equal(["cleared", "last"], journal.LogTail(StorePath.Parse(Bad)));
        Assert.Equal(new FleetEvent.BuilderStarted("bad-1"), events.Events[0]);
        Assert.Equal(2000, Assert.IsType<FleetEvent.BuildLogged>(events.Events[1]).Line.Length);
        Assert.Equal("bad-1", Assert.IsType<FleetEvent.BuildLogged>(events.Events[1]).Derivation);
    }

    [Fact]
    public void A_warning_is_told_once()
    {
        var events = new EventLog();
        var journal = new BuildJournal(2, events);
        journal.Read("""@nix {"action":"msg","level":1,"msg":"warning: \u001b[35mcache\u001b[0m is away"}""");
        journal.Read("""@nix {"action":"msg","level":1,"msg":"warning: cache is away"}""");

        Assert.Equal([new FleetEvent.Warned("cache is away")], events.Events);
    }

    [Theory]
    [InlineData("no-output", "bad")]
    [InlineData("disallowed-reference", "bad")]
    [InlineData("device-as-output", "bad")]
    [InlineData("timeout", "bad")]
    [InlineData("silent", "bad")]
    [InlineData("fails", "bad")]
    [InlineData("hash-mismatch", "bad")]
    [InlineData("other-platform", "bad")]
    [InlineData("unknown-feature", "bad")]
    [InlineData("builder-missing", "bad")]
    [InlineData("input-of-other-platform", "src")]
    [InlineData("derivation-missing", "top")]
    [InlineData("derivation-empty", "top")]
    [InlineData("derivation-collected", "top")]
    [InlineData("daemon-fails", "bad")]
    [InlineData("daemon-no-output", "bad")]
    [InlineData("daemon-device-as-output", "bad")]
    [InlineData("daemon-hash-mismatch", "bad")]
    [InlineData("daemon-timeout", "bad")]
    public void Every_Nix_says_which_derivation_failed_or_lets_it_be_guessed(string name, string culprit) =>
        Assert.All(RecordedNix.Versions, version =>
        {
            var journal = Journal(version, name);

            var error = Assert.Single(journal.Errors);
            Assert.Equal($"{culprit}.drv", (error.Culprit ?? error.Suspect)?.Name);
            Assert.DoesNotContain("log lines", error.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Output paths", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("error:", error.Message.Split('\n')[0][..5], StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("remote-builder-away")]
    [InlineData("only-remote-builder-away")]
    public void Every_Nix_says_which_remote_builder_is_away(string name) => Assert.All(RecordedNix.Versions, version =>
        Assert.Contains("cannot build on 'ssh://nobody@", Assert.Single(Journal(version, name).RemoteErrors), StringComparison.Ordinal));

    [Theory]
    [InlineData("cache-500", "HTTP error 500")]
    [InlineData("cache-refused", "onnect to server")]
    public void Every_Nix_says_which_cache_is_away(string name, string words) => Assert.All(RecordedNix.Versions, version =>
    {
        var events = new EventLog();
        Journal(version, name, events);

        Assert.Contains(events.Events.OfType<FleetEvent.Warned>(), warning => warning.Message.Contains(
            "http://127.0.0.1", StringComparison.Ordinal) && warning.Message.Contains(words, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_Nix_gives_the_log_of_a_failed_builder() => Assert.All(RecordedNix.Versions, version =>
    {
        var events = new EventLog();
        var journal = Journal(version, "fails", events);

        var told = Assert.Single(events.Events.OfType<FleetEvent.BuilderFailed>());
        Assert.Equal("bad", told.Derivation);
        Assert.Equal(journal.Errors[0].Message, told.Reason);
        Assert.All([told.LogTail, journal.LogTail(journal.Errors[0].Culprit!.Value)], log => Assert.Equal(["some text", "no luck"], log));
    });

    private static BuildJournal Journal(string version, string name, IProgress<FleetEvent>? progress = null)
    {
        var journal = new BuildJournal(20, progress);
        foreach (var line in RecordedNix.Build(version, name))
        {
            journal.Read(line);
        }

        return journal;
    }

    private static void Start(BuildJournal journal, int id, string derivation) =>
        journal.Read($$"""@nix {"action":"start","fields":["{{derivation}}","",1,1],"id":{{id}},"level":3,"text":"","type":105}""");
}
