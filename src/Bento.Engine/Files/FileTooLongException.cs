namespace Bento.Files;

/// <summary>A file is longer than its reader allows.</summary>
internal sealed class FileTooLongException(string path, long maxBytes)
    : IOException($"'{path}' is longer than {maxBytes} bytes.");
