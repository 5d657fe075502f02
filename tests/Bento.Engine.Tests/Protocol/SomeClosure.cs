using System.Buffers.Binary;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Protocol;

/// <summary>Closures for tests.</summary>
internal static class SomeClosure
{
    private const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    /// <summary>A system that needs a library and a large file; two of them are small and lie in a bundle.</summary>
    public static ClosureManifest Of() => new()
    {
        Bundles = [new ClosureBundle { Hash = Hash(1000), Bytes = 300 }],
        Paths =
        [
            Path(0, "lib", Part(0, 0, 100), 0),
            Path(1, "large", Own(1, 70_000), 0),
            Path(2, "nixos-system-h1", Part(2, 100, 200), 0, 1, 2),
        ],
    };

    /// <summary>Anything that a publisher may write.</summary>
    public static Gen<ClosureManifest> Any =>
        from seeds in Gen.Select(Gen.Int[0, 7], Gen.Int[1, 1_000_000], Gen.Bool, Gen.Bool).Array[1, 40]
        select Make(seeds);

    public static ContentHash Hash(int seed) => ContentHash.FromBytes(Bytes(seed));

    public static StorePath StorePath(int seed, string name) => Bento.StorePath.Parse(
        $"/nix/store/{new string([.. Enumerable.Range(0, 32).Select(digit => Alphabet[(seed >> (digit % 5 * 5)) & 31])])}-{name}");

    public static ClosureFile Own(int seed, long bytes) => new() { Hash = Hash(seed), Bytes = bytes };

    public static ClosureFile Part(int seed, long offset, long bytes) => Own(seed, bytes) with { Bundle = 0, Offset = offset };

    public static ClosurePath Path(int seed, string name, ClosureFile file, params int[] references) => new()
    {
        Path = StorePath(seed, name),
        NarHash = TreeHash.FromBytes(Bytes(seed + 1_000_000)),
        NarBytes = (file.Bytes * 3) + 96,
        References = references,
        File = file,
    };

    private static ClosureManifest Make((int Back, int Size, bool IsSmall, bool IsLoop)[] seeds)
    {
        var (paths, offset) = (new List<ClosurePath>(), 0L);
        for (var index = 0; index < seeds.Length; index++)
        {
            var (back, size, isSmall, isLoop) = seeds[index];
            var file = isSmall ? Part(index, offset, size) : Own(index, size);
            offset += isSmall ? size : 0;

            // Each needs the one before it, so that the last needs them all.
            int[] references = [.. new[] { index - 1 - back, index - 1, isLoop ? index : -1 }.Where(at => at >= 0).Distinct().Order()];
            paths.Add(Path(index, $"p{index}", file, references));
        }

        return new ClosureManifest
        {
            Bundles = offset == 0 ? [] : [new ClosureBundle { Hash = Hash(1_000_000), Bytes = offset }],
            Paths = paths,
        };
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(bytes, seed);
        return bytes;
    }
}
