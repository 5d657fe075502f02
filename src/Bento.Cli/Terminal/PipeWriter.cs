using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Bento.Cli.Terminal;

/// <summary>
/// Standard output into a pipe. The console of .NET takes a reader that has left for one that still reads, and a command that goes on
/// showing would never end.
/// </summary>
internal static class PipeWriter
{
    private const int StandardOutput = 1;
    private const string Flags = "flags:";

    /// <summary>O_NONBLOCK, open(2).</summary>
    private const long NonBlocking = 0x800;

    /// <summary>EPIPE, errno(3).</summary>
    private const int BrokenPipe = 32;

    /// <param name="console">What writes to standard output where it is not a pipe.</param>
    public static TextWriter Open(TextWriter console)
    {
        try
        {
            // One that does not wait for its reader: the console tries again where a stream of a file gives up.
            if (IsNonBlocking())
            {
                return console;
            }

            var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // A file has a place to write at that others share, standard error for one: the console minds it.
            return stream.CanSeek ? console : TextWriter.Synchronized(
                new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return console;
        }
    }

    /// <summary>The flags of the open file, octal, as proc(5) tells under fdinfo.</summary>
    private static bool IsNonBlocking() => File.ReadLines($"/proc/self/fdinfo/{StandardOutput}")
        .FirstOrDefault(line => line.StartsWith(Flags, StringComparison.Ordinal)) is { } line
        && (Convert.ToInt64(line[Flags.Length..].Trim(), 8) & NonBlocking) != 0;

    public static bool IsClosed(IOException exception) => exception.HResult == BrokenPipe;
}
