using System.Security.Cryptography;
using System.Text;
using Bento.Building.Closures;
using Bento.Protocol;

namespace Bento.Engine.Tests.Publishing.Closures;

/// <summary>
/// Plays Nix: each system needs a small library and a large one that all systems have, and a small file that only its host has.
/// </summary>
internal sealed class FakeClosureExport : IClosureExport
{
    private const string Hash = "0123456789abcdfghijklmnpqrsvwxyz";

    /// <summary>How often Nix was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>Systems whose names end like this cannot be copied.</summary>
    public string? Broken { get; set; }

    /// <summary>The hosts that need it all say the same.</summary>
    public static string NameOf(string path) => path[(Hash.Length + 1)..];

    public Task<string?> ExportAsync(
        IReadOnlyCollection<StorePath> systems, BinaryCache cache, CancellationToken cancellationToken)
    {
        Calls++;
        if (Broken is not null && systems.Any(system => system.Name.EndsWith(Broken, StringComparison.Ordinal)))
        {
            return Task.FromResult<string?>("error: the disk is full");
        }

        foreach (var system in systems)
        {
            var host = system.Name["nixos-system-".Length..];
            var library = Write(cache, Path("1", "lib"), 1_000);
            var large = Write(cache, Path("2", "large"), 100_000, library);
            var own = Write(cache, StorePath.Parse($"/nix/store/v{system.HashPart[1..]}-own-{host}"), 2_000, library);
            _ = Write(cache, system, 500, own, large, library);
        }

        return Task.FromResult<string?>(null);
    }

    private static StorePath Path(string digit, string name) => StorePath.Parse($"/nix/store/{digit}{Hash[1..]}-{name}");

    private static StorePath Write(BinaryCache cache, StorePath path, int length, params StorePath[] references)
    {
        var bytes = new byte[length];
        new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(path.ToString())))).NextBytes(bytes);
        var hash = ContentHash.FromBytes(SHA256.HashData(bytes));
        var file = cache.NarFile(hash);
        cache.Write("/nix/store", [new NarInfo
        {
            Path = path,
            Url = System.IO.Path.GetRelativePath(cache.Directory, file),
            FileHash = hash,
            FileBytes = length,
            NarHash = TreeHash.FromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(path.BaseName))),
            NarBytes = length * 3,
            References = [.. references.Append(path).Select(reference => reference.BaseName)],
        }]);
        if (!File.Exists(file))
        {
            File.WriteAllBytes(file, bytes);
        }

        return path;
    }
}
