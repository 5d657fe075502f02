using Bento.Hosts;

namespace Bento.Configuration.Json;

/// <summary>
/// Reads a file that somebody named. A pipe is as good as a file (<c>--config &lt;(…)</c>), but is not waited for without end, and nothing
/// endless is read.
/// </summary>
internal static class BoundedFile
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="path">The file.</param>
    /// <param name="patience">How long it may take; null for five seconds.</param>
    /// <exception cref="InvalidFleetException">It cannot be read, gives nothing for a while, or is too long.</exception>
    public static byte[] Read(string path, TimeSpan? patience = null)
    {
        if (Directory.Exists(path))
        {
            throw Unreadable(path, "it is a directory.");
        }

        byte[]? content = null;
        Exception? failure = null;

        // Opening a pipe that nobody writes to blocks the thread that does it, for good: it is left behind, and ends with the program.
        var reader = new Thread(() =>
        {
            try
            {
                content = ReadAll(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failure = exception;
            }
        })
        { IsBackground = true };
        reader.Start();
        return !reader.Join(patience ?? Patience) ? throw Unreadable(path, "nothing arrives from it. Is it a pipe without a writer?")
            : content ?? throw Unreadable(
                path, failure is FileNotFoundException or DirectoryNotFoundException ? "no such file." : failure!.Message, failure);
    }

    private static byte[] ReadAll(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (file.Read(buffer) is var count && count > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxBytes)
            {
                throw new IOException($"it is longer than {MaxBytes} bytes.");
            }
        }

        return content.ToArray();
    }

    private static InvalidFleetException Unreadable(string path, string why, Exception? cause = null) =>
        new([new FleetProblem(path, $"Cannot be read: {why}")], cause);
}
