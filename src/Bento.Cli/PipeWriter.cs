using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Bento.Cli;

/// <summary>Standard output into a pipe. The console of .NET takes a reader that has left for one that still reads, and a command that goes on showing would never end.</summary>
internal static class PipeWriter
{
    private const int StandardOutput = 1;

    /// <summary>EPIPE, errno(3).</summary>
    private const int BrokenPipe = 32;

    /// <param name="console">What writes to standard output where it is no pipe.</param>
    public static TextWriter Open(TextWriter console)
    {
        try
        {
            var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

            // A file has a place to write at that others share, standard error for one: the console minds it.
            return stream.CanSeek ? console : TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return console;
        }
    }

    public static bool IsClosed(IOException exception) => exception.HResult == BrokenPipe;
}
