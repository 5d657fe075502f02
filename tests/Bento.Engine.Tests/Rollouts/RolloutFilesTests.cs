using System.Text;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Rollouts;
using Bento.TestBench;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Rollouts;

public sealed class RolloutFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly RolloutFiles _files;

    public RolloutFilesTests() =>
        _files = new RolloutFiles(new StateDirectories(Options.Create(new BentoOptions { Directory = _directory.FullPath })));

    private string StateFile => _directory[".bento/rollout/rollout.json"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_was_written_is_read_again_and_only_its_owner_may_read_it()
    {
        _files.Write(Some());

        var read = _files.Read()!;

        Assert.Equal(Some().Hosts, read.Hosts);
        Assert.Equal(Some().Waves, read.Waves);
        Assert.Equal((Some().Id, Some().Began, Some().By, Some().Limits), (read.Id, read.Began, read.By, read.Limits));
        Assert.Equal((Some().Stopped, null), (read.Stopped, read.Ended));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StateFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(StateFile)!));
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "schema")]
    [InlineData("\"id\":\"one\"", "\"id\":\"two\"", "damaged")]
    [InlineData("{\"schema\"", "[\"schema\"", "")]
    public void What_is_damaged_or_of_another_version_is_refused_with_its_path(string before, string after, string said)
    {
        _files.Write(Some());
        File.WriteAllText(StateFile, File.ReadAllText(StateFile).Replace(before, after, StringComparison.Ordinal));

        var exception = Assert.Throws<RolloutException>(_files.Read);

        Assert.Contains(StateFile, exception.Message, StringComparison.Ordinal);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.NextStep);
    }

    [Fact]
    public void A_member_that_it_does_not_know_is_refused_rather_than_lost()
    {
        _files.Write(Some());
        var text = File.ReadAllText(StateFile);
        text = text[..text.IndexOf(",\"digest\"", StringComparison.Ordinal)].Replace(
            "\"id\"", "\"skip\":true,\"id\"", StringComparison.Ordinal) + "}";
        File.WriteAllText(StateFile, text);

        Assert.Throws<RolloutException>(_files.Read);
    }

    [Fact]
    public void What_an_operator_says_is_about_one_rollout_and_not_about_the_next()
    {
        var hold = new RolloutHold(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), "alice@srv") { Reason = "lunch" };
        _files.WriteHold(Some(), hold);

        Assert.Equal(hold, _files.ReadHold(Some()));
        Assert.Null(_files.ReadHold(Some() with { Id = "two" }));
        _files.RemoveHold();
        Assert.Null(_files.ReadHold(Some()));
    }

    private static RolloutState Some() => new()
    {
        Id = "one",
        Began = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        By = "alice@srv",
        Limits = new RolloutLimits
        {
            Budget = 2,
            Soak = TimeSpan.FromMinutes(5),
            AnswerTimeout = TimeSpan.FromHours(1),
            AbsentTimeout = TimeSpan.Zero,
        },
        Waves =
        [
            new WaveEntry(),
            new WaveEntry { Wave = new RolloutWave(WaveSize.Parse("@lab,web-*")) { NeedsApproval = true }, ApprovedBy = "bob@srv" },
        ],
        Hosts =
        [
            new RolloutMember(HostName.Parse("web"), 1)
            {
                Replaces = ReleaseId.Parse(new string('a', 32)),
                Release = ReleaseId.Parse(new string('b', 32)),
                Number = new ReleaseNumber(2, 7),
                IsConfirmed = true,
            },
        ],
        Stopped = new RolloutStop(new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero), Encoding.UTF8.GetString("größer"u8)),
    };
}
