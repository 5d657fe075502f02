using System.Security.Cryptography;
using System.Text.Json;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Agents.Closures;

/// <summary>Fetches the manifest of a closure. Nothing of a server is believed.</summary>
internal static class ManifestDownload
{
    /// <exception cref="ContentException">It is not there, another one, or of another system.</exception>
    /// <exception cref="TransportException">It could not be fetched.</exception>
    public static async Task<ClosureManifest> FetchAsync(
        IArea area, ReleaseClosure closure, StorePath system, CancellationToken cancellationToken)
    {
        var path = AreaPath.Manifest(closure.Manifest);
        var bytes = await area.ReadAsync(path, (int)closure.ManifestBytes, cancellationToken).ConfigureAwait(false)
            ?? throw new ContentException($"The server does not have '{path}', which the release names.") { IsTransient = true };
        if (bytes.Length != closure.ManifestBytes || ContentHash.FromBytes(SHA256.HashData(bytes)) != closure.Manifest)
        {
            throw new ContentException($"What the server sent is not the '{path}' that the release names.") { IsTransient = true };
        }

        try
        {
            var manifest = ClosureManifestJson.Read(bytes);
            return manifest.System == system
                ? manifest
                : throw new ContentException($"The closure that the release names is that of {manifest.System}, not of {system}.");
        }
        catch (JsonException exception)
        {
            throw new ContentException($"The closure that the release names cannot be read: {exception.Message}", exception);
        }
    }
}
