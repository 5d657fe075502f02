using System.Globalization;

namespace Bento.Building.Store;

/// <summary>The garbage collector roots that one build places: links that Nix numbers by itself.</summary>
internal sealed class GcRootLinks
{
    private readonly Dictionary<StorePath, string> _links = [];
    private int _calls;

    private GcRootLinks(string rootsDirectory, string directory)
    {
        RootsDirectory = rootsDirectory;
        LinksDirectory = directory;
    }

    /// <summary>The directory with a link an attribute.</summary>
    public string RootsDirectory { get; }

    /// <summary>The directory of this batch.</summary>
    public string LinksDirectory { get; }

    /// <summary>Where all batches of a directory lie. No link of an attribute begins with a dot.</summary>
    /// <param name="rootsDirectory">The directory with a link an attribute.</param>
    /// <returns>The path.</returns>
    public static string AllIn(string rootsDirectory) => Path.Join(rootsDirectory, ".batches");

    /// <summary>Begins a batch.</summary>
    /// <param name="rootsDirectory">The directory with a link an attribute.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="NixException">Its directory cannot be made.</exception>
    public static GcRootLinks Create(string rootsDirectory)
    {
        var root = Path.GetFullPath(rootsDirectory);
        var directory = Path.Join(AllIn(root), Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NixException($"The directory of garbage collector roots '{root}' cannot be used: {exception.Message}", exception)
            {
                NextStep = "Check who owns it.",
            };
        }

        return new GcRootLinks(root, directory);
    }

    /// <summary>What the next call of Nix gets as <c>--add-root</c>.</summary>
    /// <returns>The path of its first link.</returns>
    public string NextLink() => Path.Join(LinksDirectory, string.Create(CultureInfo.InvariantCulture, $"call{_calls++}"));

    /// <summary>
    /// Notes which link Nix has made for which derivation: the first as asked, the second with <c>-2</c>, and so on in the order of the
    /// arguments.
    /// </summary>
    /// <param name="derivations">The arguments.</param>
    /// <param name="firstLink">What the call got.</param>
    public void Record(IReadOnlyList<StorePath> derivations, string firstLink)
    {
        for (var index = 0; index < derivations.Count; index++)
        {
            _links[derivations[index]] = index == 0 ? firstLink : string.Create(CultureInfo.InvariantCulture, $"{firstLink}-{index + 1}");
        }
    }

    /// <summary>Finds the link of a system.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The link; null when Nix has not made it, or made it to something else.</returns>
    public string? Find(SystemDerivation system) =>
        _links.TryGetValue(system.Derivation, out var link) && new FileInfo(link).LinkTarget == system.System.ToString() ? link : null;
}
