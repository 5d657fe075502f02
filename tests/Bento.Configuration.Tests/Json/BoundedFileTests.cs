using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.TestBench;

namespace Bento.Configuration.Tests.Json;

public sealed class BoundedFileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void A_pipe_that_nobody_writes_to_is_given_up()
    {
        using var directory = new TempDirectory();
        _ = Shell.Run("mkfifo", directory["pipe"]);

        var failure = Assert.Throws<InvalidFleetException>(() => BoundedFile.Read(directory["pipe"], Patience));

        Assert.Contains("Is it a pipe without a writer?", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "it is a directory")]
    [InlineData("/dev/zero", "it is longer than")]
    [InlineData("/no/such/file", "no such file")]
    public void What_is_no_file_of_a_bearable_size_is_named(string path, string why)
    {
        var failure = Assert.Throws<InvalidFleetException>(() => BoundedFile.Read(path));

        Assert.Contains($"{path}: Cannot be read: {why}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_read_whole()
    {
        using var directory = new TempDirectory();

        Assert.Equal("text"u8.ToArray(), BoundedFile.Read(directory.WriteFile("file", "text")));
    }
}
