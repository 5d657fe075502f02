namespace Bento.Files;

/// <summary>Who may do what in a tree that Bento writes.</summary>
/// <param name="FileMode">Of files; one that its source lets its owner execute gets that right for everybody who may read it.</param>
/// <param name="DirectoryMode">Of directories.</param>
/// <param name="Owner">Of all; null leaves them with the process.</param>
internal readonly record struct TreeAttributes(UnixFileMode FileMode, UnixFileMode DirectoryMode, FileOwner? Owner)
{
    /// <summary>The mode of a copy.</summary>
    public UnixFileMode ModeOf(in FileStatus source)
    {
        if (!source.Mode.HasFlag(UnixFileMode.UserExecute))
        {
            return FileMode;
        }

        // Each right to execute lies two bits below the right to read.
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return FileMode | (UnixFileMode)((int)(FileMode & Read) >> 2);
    }
}
