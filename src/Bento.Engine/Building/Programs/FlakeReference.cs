using System.Buffers;
using System.Text.Json.Nodes;

namespace Bento.Building.Programs;

/// <summary>How Nix is told which directory is the flake.</summary>
/// <remarks>
/// Whether Nix decodes <c>%20</c> in a <c>path:</c> reference changed over its versions (2.8 does not, current ones do), so a directory
/// with characters beyond the plain ones cannot be named that way. It gets an entry in a registry of its own, where the path is a plain
/// JSON string in all versions. So does a flake that does not lie at the top of its directory: 2.8 takes a <c>dir</c> of a directory only
/// from a registry.
/// </remarks>
internal sealed class FlakeReference : IDisposable
{
    private const string Id = "bento-source";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-");

    private readonly string? _registry;

    private FlakeReference(string url, string? registry)
    {
        Url = url;
        _registry = registry;
    }

    /// <summary>The reference, without attribute.</summary>
    public string Url { get; }

    /// <summary>Arguments that make Nix understand it.</summary>
    public IReadOnlyList<string> Arguments => _registry is null ? [] : ["--option", "flake-registry", _registry];

    /// <summary>Refers to a directory whose files have the time of its commit already.</summary>
    /// <param name="source">The directory, whose absolute path may have any characters.</param>
    /// <returns>The reference; dispose it when Nix has ended.</returns>
    public static FlakeReference To(ConfigurationSource source)
    {
        var commit = source.Provenance is { IsDirty: false } provenance ? provenance.Commit : null;
        if (source.Subdirectory is null && !source.Directory.AsSpan().ContainsAnyExcept(Plain))
        {
            return new FlakeReference($"path:{source.Directory}{(commit is null ? null : $"?rev={commit}")}", null);
        }

        var registry = Path.Join(Path.GetTempPath(), $"bento-registry-{Guid.NewGuid():N}.json");
        using (var stream = new FileStream(registry, FileMode.CreateNew, FileAccess.Write))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(RegistryOf(source, commit));
        }

        return new FlakeReference(Id, registry);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_registry is not null)
        {
            File.Delete(_registry);
        }
    }

    private static string RegistryOf(ConfigurationSource source, string? commit)
    {
        var target = new JsonObject { ["type"] = "path", ["path"] = source.Directory };
        if (commit is not null)
        {
            target["rev"] = commit;
        }

        if (source.Subdirectory is not null)
        {
            target["dir"] = source.Subdirectory;
        }

        return new JsonObject
        {
            ["version"] = 2,
            ["flakes"] = new JsonArray(new JsonObject
            {
                ["from"] = new JsonObject { ["type"] = "indirect", ["id"] = Id },
                ["to"] = target,
            }),
        }.ToJsonString();
    }
}
