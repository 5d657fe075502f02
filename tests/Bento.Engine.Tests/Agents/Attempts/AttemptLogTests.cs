using System.IO.Compression;
using System.Text;
using Bento.Agents.Attempts;

namespace Bento.Engine.Tests.Agents.Attempts;

public sealed class AttemptLogTests
{
    [Fact]
    public void FR5_a_log_that_is_too_long_keeps_its_beginning_and_its_end_and_marks_the_cut()
    {
        using var log = new AttemptLog();
        log.Note("first line");
        for (var line = 0; line < 100_000; line++)
        {
            log.Note($"line {line} of many");
        }

        log.Note("last line");

        var text = Read(log.ToGzip());
        Assert.StartsWith("first line\n", text, StringComparison.Ordinal);
        Assert.EndsWith("last line\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100_000, 600_000);
        Assert.Single(text.Split('\n'), line => line == "[...]");
    }

    private static string Read(byte[] gzip)
    {
        using var file = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
