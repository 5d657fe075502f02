using Bento.Files;
using Bento.Protocol;

namespace Bento.Building.Closures;

/// <summary>A binary cache of Nix in a directory: <c>nix-cache-info</c>, a <c>.narinfo</c> a path, and compressed NARs.</summary>
/// <param name="directory">The directory; nobody else writes there.</param>
internal sealed class BinaryCache(string directory)
{
    private const int MaxNarInfoBytes = 8 << 20;
    private const string InfoSuffix = ".narinfo";

    public string Directory { get; } = directory;

    /// <summary>Reads what the cache has of a closure.</summary>
    /// <param name="system">What needs all of it.</param>
    /// <param name="known">What was read before; grows.</param>
    /// <returns>The paths, each behind all that it refers to; the system is the last.</returns>
    /// <exception cref="FormatException">A file of the cache is damaged, or not there.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<NarInfo> Read(StorePath system, IDictionary<string, NarInfo> known)
    {
        var (order, seen) = (new List<NarInfo>(), new HashSet<string>(StringComparer.Ordinal) { system.BaseName });

        // Not by recursion: how deep a closure is, its author decides.
        var open = new Stack<(NarInfo Info, int Next)>([(Find(system.BaseName, known), 0)]);
        while (open.TryPop(out var top))
        {
            var (info, next) = top;
            if (next == info.References.Count)
            {
                order.Add(info);
                continue;
            }

            open.Push((info, next + 1));
            if (seen.Add(info.References[next]))
            {
                open.Push((Find(info.References[next], known), 0));
            }
        }

        return order;
    }

    /// <summary>The file of a compressed NAR.</summary>
    public string FileOf(NarInfo info) => Path.Join(Directory, info.Url);

    /// <summary>The file of a NAR that is not compressed.</summary>
    public string PlainNarFile(ContentHash hash) =>
        Path.Join(Directory, "nar", $"{NixBase32.Encode(Convert.FromHexString(hash.ToString()))}.nar");

    /// <summary>The file of a compressed NAR, as Nix names it.</summary>
    public string NarFile(ContentHash hash) =>
        Path.Join(Directory, "nar", $"{NixBase32.Encode(Convert.FromHexString(hash.ToString()))}.nar.zst");

    /// <summary>Lets the paths go whose files are gone: Nix believes what the cache says, and would never copy them anew.</summary>
    public void ForgetLost()
    {
        foreach (var file in Files(Directory, "*" + InfoSuffix).Where(file => TryRead(file) is not { } info || !File.Exists(FileOf(info))))
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes what Nix must know to take paths from here. The files of the NARs are there, or come.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(string storeDirectory, IEnumerable<NarInfo> infos)
    {
        _ = System.IO.Directory.CreateDirectory(Path.Join(Directory, "nar"));
        File.WriteAllText(Path.Join(Directory, "nix-cache-info"), $"StoreDir: {storeDirectory}\n");
        foreach (var info in infos)
        {
            File.WriteAllText(InfoFile(info.Path.HashPart), info.ToString());
        }
    }

    /// <summary>All paths that the cache says it has.</summary>
    public IReadOnlyList<NarInfo> Entries() => [.. Files(Directory, "*" + InfoSuffix).Select(TryRead).OfType<NarInfo>()];

    /// <summary>Removes what no path needs of which these are all.</summary>
    /// <param name="isNeeded">Says of the hash of a compressed NAR whether it stays.</param>
    public void Collect(Predicate<ContentHash> isNeeded)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Files(Directory, "*" + InfoSuffix))
        {
            if (TryRead(file) is { } info && isNeeded(info.FileHash))
            {
                _ = kept.Add(FileOf(info));
            }
            else
            {
                File.Delete(file);
            }
        }

        foreach (var file in Files(Path.Join(Directory, "nar"), "*").Where(file => !kept.Contains(file)))
        {
            File.Delete(file);
        }
    }

    private static IReadOnlyList<string> Files(string directory, string pattern) =>
        System.IO.Directory.Exists(directory) ? [.. System.IO.Directory.EnumerateFiles(directory, pattern)] : [];

    private string InfoFile(string hash) => Path.Join(Directory, hash + InfoSuffix);

    private NarInfo Find(string name, IDictionary<string, NarInfo> known)
    {
        if (known.TryGetValue(name, out var found))
        {
            return found;
        }

        var info = TryRead(InfoFile(name[..int.Min(name.Length, 32)]));
        return info?.Path.BaseName == name
            ? known[name] = info
            : throw new FormatException($"The cache of closures '{Directory}' has nothing, or something else, for '{name}'.");
    }

    private static NarInfo? TryRead(string file)
    {
        try
        {
            return PlainFile.ReadAll(file, MaxNarInfoBytes) is { } bytes
                ? NarInfo.Parse(System.Text.Encoding.UTF8.GetString(bytes))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
