using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>Where a path ends when every link on the way is followed: realpath(3).</summary>
internal static partial class RealPath
{
    /// <returns>An absolute path without links; null when it leads nowhere or cannot be followed.</returns>
    public static unsafe string? Find(string path)
    {
        var resolved = Resolve(path, 0);
        if (resolved == 0)
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            NativeMemory.Free((void*)resolved);
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint buffer);
}
