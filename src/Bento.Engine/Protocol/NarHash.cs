using System.Security.Cryptography;

namespace Bento.Protocol;

/// <summary>The hash of a tree as Nix computes it: SHA-256 over its Nix archive, what <c>nix hash path</c> prints.</summary>
/// <remarks>So server, host and a person with Nix name a tree alike, and it is the <c>narHash</c> that a flake of the tree has.</remarks>
internal static class NarHash
{
    /// <param name="directory">A tree of directories, regular files and symbolic links.</param>
    public static TreeHash Compute(string directory)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            new NarWriter(stream).Write(directory);
        }

        return TreeHash.FromBytes(hash.Hash!);
    }
}
