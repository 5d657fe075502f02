using System.IO.Compression;
using System.Text;
using Bento.Processes;

namespace Bento.Agents.Attempts;

/// <summary>What Nix and the switch print during an attempt: the beginning and the end of it when it is much. Thread-safe.</summary>
internal sealed class AttemptLog : TextWriter
{
    private const int PartLength = 256 * 1024;

    private readonly HeadAndTail _text = new(PartLength);
    private readonly Lock _lock = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            _text.Append(buffer);
        }
    }

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(value + "\n");

    /// <summary>Adds a line of the agent's own.</summary>
    public void Note(string line) => WriteLine(line);

    /// <summary>The log as a gzip file.</summary>
    public byte[] ToGzip()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            lock (_lock)
            {
                gzip.Write(Encoding.UTF8.GetBytes(_text.ToString()));
            }
        }

        return file.ToArray();
    }
}
