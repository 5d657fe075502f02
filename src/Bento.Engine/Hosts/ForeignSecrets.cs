using System.Text;
using Bento.Files;

namespace Bento.Hosts;

/// <summary>
/// Tells a directory of secrets of another tool, which a configuration needs, from one of Bento, which no configuration sees.
/// </summary>
internal static class ForeignSecrets
{
    private const int MaxFiles = 64;
    private const int MaxBytes = 1024 * 1024;
    private static readonly string[] SopsFormats = [".yaml", ".yml", ".json"];

    /// <param name="directory">The directory.</param>
    /// <returns>The tool and a file of it; null when there is none.</returns>
    public static (string Tool, string File)? Find(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return null;
        }

        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Take(MaxFiles))
        {
            var name = Path.GetRelativePath(directory, path);
            if (name == "secrets.nix" || Path.GetExtension(name) == ".age")
            {
                return ("agenix", name);
            }

            if (SopsFormats.Contains(Path.GetExtension(name)) && IsOfSops(path))
            {
                return ("sops", name);
            }
        }

        return null;
    }

    /// <summary>A file that sops encrypted says with what, under a key of its own.</summary>
    private static bool IsOfSops(string path)
    {
        try
        {
            var text = Encoding.UTF8.GetString(PlainFile.ReadAll(path, MaxBytes) ?? []);
            return text.Contains("ENC[AES256_GCM,", StringComparison.Ordinal) && text.Contains("sops", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
