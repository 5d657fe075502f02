namespace Bento.TestBench.Nix;

/// <summary>Runs the programs of Nix as a user that no daemon trusts, although the tests run as root.</summary>
internal static class PlainUser
{
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Readable = (UnixFileMode)0b111_101_101;

    /// <summary>Writes programs with the names of Nix's that become the plain user first.</summary>
    /// <param name="directory">The directory; made.</param>
    /// <returns>The directory.</returns>
    public static string WriteProgramsTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var program in new[] { "nix", "nix-store", "nix-instantiate" })
        {
            var path = Path.Join(directory, program);
            File.WriteAllText(path, $"#!/bin/sh\nexec setpriv --reuid 65534 --regid 65534 --clear-groups -- '{Find(program)}' \"$@\"\n");
            SetMode(path, Readable);
        }

        return directory;
    }

    /// <summary>Lets the plain user into a directory of root, and write in some below it.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="writable">The directories below.</param>
    public static void Open(string root, params ReadOnlySpan<string> writable)
    {
        SetMode(root, Readable);
        foreach (var directory in writable)
        {
            SetMode(directory, Everybody);
        }
    }

    private static string Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Join(directory, program))
        .First(File.Exists);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
