using System.Text;

namespace Bento.Files;

/// <summary>
/// Reads a file that belongs to whoever runs this, or that they named: a link is followed, and nothing that could hold the
/// reader up or that has no end is read, such as a pipe or a device.
/// </summary>
internal static class GivenFile
{
    /// <summary>More than any file that people write by hand.</summary>
    public const int MaxTextBytes = 16 * 1024 * 1024;

    private const OpenFlags Flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.CloseOnExec;

    /// <summary>Reads a file whole; null when there is none.</summary>
    /// <exception cref="ForeignFileException">Something else has the name.</exception>
    /// <exception cref="FileTooLongException">There is more than <paramref name="maxBytes"/>.</exception>
    public static byte[]? ReadAll(string path, int maxBytes = MaxTextBytes)
    {
        using var file = PlainFile.Checked(NativeMethods.Open(path, Flags, 0), path, mayBeShared: true);
        return file is null ? null : PlainFile.ReadAll(file, path, maxBytes);
    }

    /// <summary>The same as text.</summary>
    public static string? ReadText(string path, int maxBytes = MaxTextBytes)
    {
        if (ReadAll(path, maxBytes) is not { } bytes)
        {
            return null;
        }

        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
