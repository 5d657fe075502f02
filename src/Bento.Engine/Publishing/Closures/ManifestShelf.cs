using System.Security.Cryptography;
using System.Text.Json;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Publishing.Closures;

/// <summary>Finds the manifests of closures that were published: here, or in the area of the host.</summary>
internal sealed class ManifestShelf(ClosureDirectory directory)
{
    /// <returns>The closure; null when nobody has its manifest any more.</returns>
    /// <exception cref="TransportException">The area cannot be read.</exception>
    public async Task<ShippedClosure?> FindAsync(IArea? area, ReleaseClosure closure, CancellationToken cancellationToken)
    {
        var bytes = directory.Find(closure);
        if (bytes is null && area is not null)
        {
            bytes = await area.ReadAsync(
                AreaPath.Manifest(closure.Manifest), ClosureLimits.MaxManifestBytes, cancellationToken).ConfigureAwait(false);
            if (bytes is not null && ContentHash.FromBytes(SHA256.HashData(bytes)) != closure.Manifest)
            {
                bytes = null;
            }
        }

        try
        {
            return bytes is null
                ? null
                : new ShippedClosure { Closure = closure, Bytes = bytes, Manifest = ClosureManifestJson.Read(bytes) };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
