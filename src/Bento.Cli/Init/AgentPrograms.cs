using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bento.Hosts;

namespace Bento.Cli.Init;

/// <summary>
/// The file <c>utils/programs.json</c>: which program the package of the agent is made of, by its hash, for each platform. The program that
/// writes it is one of them, so that hosts run what the operator runs.
/// </summary>
/// <param name="Hashes">The hashes that are known, by the platform's name in Nix.</param>
internal sealed record AgentPrograms(IReadOnlyDictionary<string, string> Hashes)
{
    /// <summary>Where the file lies in a Bento directory.</summary>
    public const string FileName = "utils/programs.json";

    private const string Releases = "https://github.com/bento-fleet/bento/releases/download";
    private const int HeaderBytes = 20;
    private const int MachineOffset = 18;

    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Version =
        typeof(AgentPrograms).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The platforms that Bento is built for: in Nix, in names of releases, and in the header of a program.</summary>
    private static readonly (string Nix, string Release, ushort Machine)[] Platforms =
        [("x86_64-linux", "linux-x64", 0x3E), ("aarch64-linux", "linux-arm64", 0xB7)];

    /// <summary>How an ELF program begins.</summary>
    private static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Reads native programs.</summary>
    /// <param name="files">Their absolute paths. This program counts too where it is a native one, unless one of them is for its
    /// platform.</param>
    /// <exception cref="InvalidFleetException">One is not a program for Linux on a processor that Bento is built for.</exception>
    public static AgentPrograms Read(IEnumerable<string> files)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!RuntimeFeature.IsDynamicCodeSupported && Environment.ProcessPath is { } own && FindPlatform(own) is { } here)
        {
            hashes[here] = HashOf(own);
        }

        foreach (var file in files)
        {
            // A pipe and a device have no length, and would be read without end.
            var platform = new FileInfo(file) is { Exists: true, Length: > 0 } ? FindPlatform(file) : null;
            hashes[platform ?? throw new InvalidFleetException(
                [new FleetProblem(file, "It is not a native program for x86-64 or arm64, such as eng/native.sh makes.")])] = HashOf(file);
        }

        return new AgentPrograms(hashes);
    }

    /// <summary>The file.</summary>
    /// <param name="url">Where hosts fetch <c>bento-linux-x64</c> and <c>bento-linux-arm64</c>; null for the releases of Bento.</param>
    public string ToJson(string? url)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Format))
        {
            json.WriteStartObject();
            json.WriteString("version", Version);
            json.WriteStartObject("systems");
            foreach (var (nix, release, _) in Platforms)
            {
                json.WriteStartObject(nix);
                json.WriteString("url", $"{(url ?? $"{Releases}/v{Version}").TrimEnd('/')}/bento-{release}");
                json.WriteString("hash", Hashes.GetValueOrDefault(nix));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return $"{Encoding.UTF8.GetString(bytes.ToArray())}\n";
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return $"sha256-{Convert.ToBase64String(SHA256.HashData(stream))}";
    }

    private static string? FindPlatform(string file)
    {
        var header = new byte[HeaderBytes];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && header.AsSpan().StartsWith(Magic)
            ? Platforms.FirstOrDefault(
                platform => platform.Machine == BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(MachineOffset))).Nix
            : null;
    }
}
