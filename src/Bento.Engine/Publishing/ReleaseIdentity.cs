using System.Security.Cryptography;

namespace Bento.Publishing;

/// <summary>Computes the id of a release: a hash of everything in it but the times and the id itself.</summary>
/// <remarks>So a refresh keeps the id, and a publisher that is killed and run again gives the same release the same id.</remarks>
internal static class ReleaseIdentity
{
    public static Release WithId(Release release)
    {
        var timeless = release with { Id = default, Issued = default, Expires = default };
        return release with { Id = ReleaseId.FromBytes(SHA256.HashData(ReleaseJson.Write(timeless)).AsSpan(0, 16)) };
    }
}
