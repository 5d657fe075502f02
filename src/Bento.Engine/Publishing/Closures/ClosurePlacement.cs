using System.Security.Cryptography;
using Bento.Files;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Publishing.Closures;

/// <summary>Brings the files of a closure into an area: by another name where that is possible, else they are sent.</summary>
internal sealed class ClosurePlacement(ClosureDirectory directory)
{
    private const int MaxConcurrentFiles = 8;

    /// <summary>Brings what the area lacks. Nothing names these files yet: a publisher that is killed here has published nothing.</summary>
    /// <exception cref="ContentException">A file is neither there nor here.</exception>
    /// <exception cref="TransportException">The area does not take one.</exception>
    public async Task PlaceAsync(IArea area, ClosureManifest manifest, CancellationToken cancellationToken)
    {
        await area.EnsureDirectoryAsync(AreaPath.Store, cancellationToken).ConfigureAwait(false);
        var lacking = new Dictionary<string, long>(manifest.Files(), StringComparer.Ordinal);
        var leftovers = new List<string>();
        await foreach (var entry in area.ListAsync(AreaPath.Store, cancellationToken).ConfigureAwait(false))
        {
            var path = $"{AreaPath.Store}/{entry.Name}";
            if (lacking.TryGetValue(path, out var bytes) && bytes == entry.SizeBytes)
            {
                _ = lacking.Remove(path);
            }
            else if (DurableFile.IsTemporary(entry.Name))
            {
                leftovers.Add(path);
            }
        }

        foreach (var path in leftovers)
        {
            _ = await area.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
        }

        var sources = Sources(manifest);
        var files = lacking.Keys.ToDictionary(path => path, path => sources[path], StringComparer.Ordinal);
        foreach (var (path, file) in files)
        {
            await CheckAsync(file, path, lacking[path], cancellationToken).ConfigureAwait(false);
        }

        if (files.Count > 0)
        {
            await SendAsync(area, files, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(IArea area, Dictionary<string, string> files, CancellationToken cancellationToken)
    {
        if (area.As<ILinkingArea>() is { } linking)
        {
            await linking.LinkAsync(files, cancellationToken).ConfigureAwait(false);
            return;
        }

        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(files, parallelism, async (file, token) =>
        {
            var content = new FileStream(file.Value, FileMode.Open, FileAccess.Read);
            await using (content.ConfigureAwait(false))
            {
                await area.WriteAsync(file.Key, content, token).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Where the files lie here.</summary>
    private Dictionary<string, string> Sources(ClosureManifest manifest)
    {
        var sources = manifest.Bundles.ToDictionary(
            bundle => AreaPath.Bundle(bundle.Hash), bundle => directory.BundleFile(bundle.Hash), StringComparer.Ordinal);
        foreach (var file in manifest.Paths.Select(path => path.File).Where(file => file.Bundle is null))
        {
            sources[AreaPath.Nar(file.Hash)] = directory.Cache.NarFile(file.Hash);
        }

        foreach (var file in manifest.Paths.Select(path => path.Patch?.File).OfType<ClosureFile>().Where(file => file.Bundle is null))
        {
            sources[AreaPath.Patch(file.Hash)] = directory.PatchFile(file.Hash);
        }

        return sources;
    }

    /// <summary>A power cut may have left less of a file than Nix wrote: no host would take it, and it would never be replaced.</summary>
    private static async Task CheckAsync(string file, string path, long bytes, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new ContentException($"'{path}', which the release needs, is neither in its area nor here.");
        }

        var content = new FileStream(file, FileMode.Open, FileAccess.Read);
        await using (content.ConfigureAwait(false))
        {
            if (content.Length == bytes
                && path.Contains(
                    $"{ContentHash.FromBytes(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false))}",
                    StringComparison.Ordinal))
            {
                File.SetUnixFileMode(file, ClosureDirectory.SharedMode);
                return;
            }
        }

        File.Delete(file);
        throw new ContentException($"The copy here of '{path}' was damaged and is removed. Deploy again.");
    }
}
