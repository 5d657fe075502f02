using System.Globalization;
using System.Text;
using Bento.Protocol;

namespace Bento.Building.Closures;

/// <summary>
/// What a binary cache says of a store path. The format is older than the JSON of Nix, and the same in all of its versions.
/// </summary>
internal sealed record NarInfo
{
    private const string Sha256 = "sha256:";
    private const int HashBytes = 32;

    public required StorePath Path { get; init; }

    /// <summary>Where the compressed NAR lies, relative to the cache.</summary>
    public required string Url { get; init; }

    /// <summary>Whether the file is compressed with zstd; else it is the NAR itself.</summary>
    public bool IsCompressed { get; init; } = true;

    public required ContentHash FileHash { get; init; }

    public required long FileBytes { get; init; }

    public required TreeHash NarHash { get; init; }

    public required long NarBytes { get; init; }

    /// <summary>Hash and name of each path that it refers to, as a rule itself among them.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Reads what Nix has written with <c>compression=zstd</c>, or Bento.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static NarInfo Parse(string text)
    {
        var fields = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        string Field(string name) => fields.GetValueOrDefault(name) ?? throw new FormatException($"It has no {name}.");
        return new NarInfo
        {
            Path = StorePath.Parse(Field("StorePath")),
            IsCompressed = Field("Compression") switch
            {
                "zstd" => true,
                "none" => false,
                _ => throw new FormatException("It is compressed with something else than zstd."),
            },
            Url = Field("URL"),
            FileHash = ContentHash.FromBytes(Hash(Field("FileHash"))),
            FileBytes = Size(Field("FileSize")),
            NarHash = TreeHash.FromBytes(Hash(Field("NarHash"))),
            NarBytes = Size(Field("NarSize")),
            References = fields.GetValueOrDefault("References")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    /// <summary>Writes it for Nix to read.</summary>
    public override string ToString() => new StringBuilder()
        .Append("StorePath: ").Append(Path).Append('\n')
        .Append("URL: ").Append(Url).Append('\n')
        .Append("Compression: ").Append(IsCompressed ? "zstd" : "none").Append('\n')
        .Append("FileHash: ").Append(Sha256).Append(NixBase32.Encode(Convert.FromHexString(FileHash.ToString()))).Append('\n')
        .Append(CultureInfo.InvariantCulture, $"FileSize: {FileBytes}\n")
        .Append("NarHash: ").Append(Sha256).Append(NixBase32.Encode(Convert.FromBase64String(NarHash.ToString()[7..]))).Append('\n')
        .Append(CultureInfo.InvariantCulture, $"NarSize: {NarBytes}\n")
        .Append("References: ").AppendJoin(' ', References).Append('\n')
        .ToString();

    private static byte[] Hash(string text) =>
        text.StartsWith(Sha256, StringComparison.Ordinal) && NixBase32.TryDecode(text.AsSpan(Sha256.Length), HashBytes, out var bytes)
            ? bytes
            : throw new FormatException("A hash is not a SHA-256 in the base 32 of Nix.");

    private static long Size(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        ? bytes
        : throw new FormatException("A size is not a number.");
}
