using System.Text.Json;
using Bento.Agents;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Agents.Journal;

public sealed class JournalFileTests : IDisposable
{
    private static readonly Release Release = SomeRelease.Of(sequence: 5);
    private static readonly AgentJournal Journal = new()
    {
        Floor = Release.Number,
        FloorId = Release.Id,
        Attempt = new JournalAttempt(Release, 2, Release.Issued, AttemptPhase.Activating)
        {
            Previous = SomeRelease.System("old"),
            System = SomeRelease.System("new"),
            RetryAt = Release.Expires,
        },
    };

    private readonly TempDirectory _state = new();

    public void Dispose() => _state.Dispose();

    [Fact]
    public void A_host_that_never_ran_has_an_empty_journal() => Assert.Equal(AgentJournal.Empty, File().Load());

    [Fact]
    public void What_was_saved_is_loaded()
    {
        File().Save(Journal);

        var journal = File().Load();

        Assert.Equal(JournalJson.Write(Journal), JournalJson.Write(journal));
        Assert.Equal(SomeRelease.System("old"), journal.Attempt!.Previous);
    }

    [Theory]
    [InlineData("journal.json")]
    [InlineData("journal.copy.json")]
    public void T8_FO6_one_copy_of_garbage_is_set_aside_and_the_floor_stays(string copy)
    {
        File().Save(Journal);
        _state.WriteFile(copy, "garbage");

        Assert.Equal(Release.Number, File().Load().Floor);
        Assert.Equal("garbage", System.IO.File.ReadAllText(_state[$"{copy}.bad-1"]));
    }

    [Theory]
    [InlineData("journal.json", "journal.copy.json")]
    [InlineData("journal.copy.json", "journal.json")]
    public void FO6_the_second_copy_is_made_anew_so_that_the_next_damage_finds_two(string first, string second)
    {
        File().Save(Journal);
        _state.WriteFile(first, "garbage");
        _ = File().Load();
        System.IO.File.Delete(_state[second]);
        _ = File().Load();
        _state.WriteFile(first, "garbage again");

        Assert.Equal(Release.Number, File().Load().Floor);
    }

    [Fact]
    public void FO6_what_was_set_aside_is_said_for_as_long_as_it_lies_there()
    {
        File().Save(Journal);
        _state.WriteFile("journal.json", "garbage");
        _ = File().Load();
        var files = new AgentFiles(Microsoft.Extensions.Options.Options.Create(new AgentOptions { StateDirectory = _state.FullPath }));

        Assert.Contains("journal.json.bad-1", Assert.Single(files.SetAside), StringComparison.Ordinal);
        System.IO.File.Delete(_state["journal.json.bad-1"]);
        Assert.Empty(files.SetAside);
    }

    [Fact]
    public void FO6_what_was_set_aside_before_is_not_overwritten()
    {
        File().Save(Journal);
        _state.WriteFile("journal.json.bad-1", "first");
        _state.WriteFile("journal.json", "second");

        File().Load();

        Assert.Equal("first", System.IO.File.ReadAllText(_state["journal.json.bad-1"]));
        Assert.Equal("second", System.IO.File.ReadAllText(_state["journal.json.bad-2"]));
    }

    [Theory]
    [InlineData("journal.json")]
    [InlineData("journal.copy.json")]
    public void T8_one_copy_that_is_gone_takes_no_floor_with_it(string copy)
    {
        File().Save(Journal);
        System.IO.File.Delete(_state[copy]);

        Assert.Equal(Release.Number, File().Load().Floor);
    }

    [Fact]
    public void T8_the_copy_with_the_higher_floor_counts()
    {
        File().Save(Journal);
        var older = _state.WriteFile("journal.json");
        System.IO.File.WriteAllBytes(older, JournalJson.Write(Journal with { Floor = new ReleaseNumber(0, 4) }));

        Assert.Equal(Release.Number, File().Load().Floor);
    }

    [Fact]
    public void T8_FO6_two_copies_of_garbage_stop_the_agent()
    {
        _state.WriteFile("journal.json", "garbage");
        _state.WriteFile("journal.copy.json", string.Empty);

        var exception = Assert.Throws<AgentException>(() => File().Load());

        Assert.Contains(_state.FullPath, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.NextStep);
    }

    [Fact]
    public void FP1_a_journal_cut_at_any_byte_is_none()
    {
        var bytes = JournalJson.Write(Journal);

        Assert.All(Enumerable.Range(
            0, bytes.Length), length => Assert.ThrowsAny<JsonException>(() => JournalJson.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void FO6_any_bit_that_turns_in_a_journal_is_found_or_changes_nothing()
    {
        var bytes = JournalJson.Write(Journal);
        var found = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(JournalJson.Write(Journal), JournalJson.Write(JournalJson.Read(bytes)));
            }
            catch (JsonException)
            {
                found++;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // What is left are bits in the name of the digest itself.
        Assert.InRange(found, (bytes.Length - 8) * 8, bytes.Length * 8);
    }

    [Theory]
    [InlineData("journal.json")]
    [InlineData("journal.copy.json")]
    public void T8_FO6_a_copy_that_was_damaged_and_still_parses_is_set_aside_and_the_floor_stays(string copy)
    {
        File().Save(Journal);
        _state.WriteFile(
            copy, System.IO.File.ReadAllText(_state[copy]).Replace("\"sequence\":5", "\"sequence\":7", StringComparison.Ordinal));

        Assert.Equal(Release.Number, File().Load().Floor);
        Assert.True(System.IO.File.Exists(_state[$"{copy}.bad-1"]));
        Assert.Equal(JournalJson.Write(Journal), System.IO.File.ReadAllBytes(_state[copy]));
    }

    [Fact]
    public void A_journal_of_an_agent_that_wrote_no_digest_is_read()
    {
        File().Save(Journal);
        foreach (var copy in (string[])["journal.json", "journal.copy.json"])
        {
            var text = System.IO.File.ReadAllText(_state[copy]);
            _state.WriteFile(copy, $"{text[..text.LastIndexOf(",\"digest\"", StringComparison.Ordinal)]}}}");
        }

        Assert.Equal(JournalJson.Write(Journal), JournalJson.Write(File().Load()));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_says_where()
    {
        Directory.CreateDirectory(_state["journal.json"]);

        Assert.Contains(
            _state.FullPath, Assert.Throws<AgentException>(() => File().Save(Journal)).NextStep?.Text, StringComparison.Ordinal);
    }

    private JournalFile File() => new(_state.FullPath);
}
