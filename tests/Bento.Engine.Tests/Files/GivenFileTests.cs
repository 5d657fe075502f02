using Bento.Files;
using Bento.TestBench;
using Bento.Trust;

namespace Bento.Engine.Tests.Files;

public sealed class GivenFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_is_read_whole_also_through_a_link_and_under_two_names()
    {
        _ = _directory.WriteFile("file", "\uFEFFtext");
        _ = File.CreateSymbolicLink(_directory["link"], "file");
        Shell.Run("ln", _directory["file"], _directory["other"]);

        Assert.Equal("text", GivenFile.ReadText(_directory["link"]));
        Assert.Equal("text", GivenFile.ReadText(_directory["other"]));
    }

    [Fact]
    public void What_is_not_there_is_nothing() => Assert.Null(GivenFile.ReadAll(_directory["missing"]));

    [Fact]
    public void As_much_is_read_as_may_be_and_no_more()
    {
        _ = _directory.WriteFile("file", "12345");

        Assert.Equal(5, GivenFile.ReadAll(_directory["file"], 5)!.Length);
        Assert.Throws<FileTooLongException>(() => GivenFile.ReadAll(_directory["file"], 4));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("pipe")]
    [InlineData("link-to-a-device")]
    [InlineData("directory")]
    public async Task T9_what_could_hold_a_reader_up_is_no_file_wherever_one_is_named(string kind)
    {
        var path = _directory[kind];
        switch (kind)
        {
            case "pipe":
                Shell.Run("mkfifo", path);
                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            default:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
        }

        await Task.Run(
            () =>
            {
                Assert.Throws<ForeignFileException>(() => GivenFile.ReadAll(path));
                Assert.Throws<SigningException>(() => SigningKeyFile.ReadPublicKey(path));
            },
            TestContext.Current.CancellationToken);
    }
}
