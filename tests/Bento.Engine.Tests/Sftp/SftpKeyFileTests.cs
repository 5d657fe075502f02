using Bento.Sftp;
using Bento.TestBench;
using Bento.Transport;
using CsCheck;

namespace Bento.Engine.Tests.Sftp;

public sealed class SftpKeyFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory(Timeout = Mutation.Timeout)]
    [InlineData("ed25519", "RFC4716")]
    [InlineData("ecdsa", "RFC4716")]
    [InlineData("ecdsa", "PEM")]
    public async Task A_damaged_key_is_a_key_or_a_plain_refusal(string type, string format)
    {
        Shell.Run("ssh-keygen", "-q", "-t", type, "-b", "256", "-m", format, "-N", string.Empty, "-f", _directory["good"]);
        var lines = (await File.ReadAllTextAsync(_directory["good"], TestContext.Current.CancellationToken)).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
        var good = Convert.FromBase64String(string.Concat(lines[1..^1]));

        Mutation.Any.Sample(
            mutations =>
            {
                var text = Convert.ToBase64String(Mutation.Apply(good, mutations), Base64FormattingOptions.InsertLineBreaks);
                return IsReadOrRefused($"{lines[0]}\n{text}\n{lines[^1]}\n");
            },
            iter: Fuzz.Rounds(300),
            threads: 1);
        Mutation.Any.Sample(
            mutations => IsReadOrRefused(System.Text.Encoding.Latin1.GetString(
                Mutation.Apply(System.Text.Encoding.Latin1.GetBytes(string.Join('\n', lines)), mutations))),
            iter: Fuzz.Rounds(300),
            threads: 1);
    }

    [Fact(Timeout = 20_000)]
    public void A_pipe_an_endless_file_and_a_directory_are_no_key_and_hold_nobody_up()
    {
        Shell.Run("mkfifo", _directory["pipe"]);
        File.CreateSymbolicLink(_directory["zero"], "/dev/zero");

        foreach (var path in new[] { _directory["pipe"], _directory["zero"], _directory.FullPath })
        {
            var failure = Assert.Throws<TransportException>(() => SftpKeyFile.Read(path, null));
            Assert.Equal(TransportFailure.LoginRefused, failure.Failure);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }
    }

    private bool IsReadOrRefused(string text)
    {
        File.WriteAllText(_directory["key"], text);
        try
        {
            using var key = SftpKeyFile.Read(_directory["key"], null);
            return true;
        }
        catch (TransportException exception)
        {
            return exception.Failure == TransportFailure.LoginRefused && !exception.Message.Any(char.IsControl);
        }
    }
}
