namespace Bento.Files;

/// <summary>
/// Something that is not a regular file with one name stands where a file should be, or no directory where a directory should be.
/// </summary>
internal sealed class ForeignFileException(string path, string found)
    : IOException($"'{path}' is {found}; Bento leaves it alone.")
{
    public string Path { get; } = path;
}
