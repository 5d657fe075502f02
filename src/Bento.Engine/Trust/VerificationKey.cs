using Bento.Protocol;

namespace Bento.Trust;

/// <summary>A public key that signatures can be verified with.</summary>
internal abstract class VerificationKey
{
    /// <summary>The types that are verified. No ssh-dss, no certificate: whoever trusts a key names that key.</summary>
    public static IReadOnlyList<string> Types { get; } =
        [Ed25519Key.Type, EcdsaKey.Prefix
            + "nistp256", EcdsaKey.Prefix + "nistp384", EcdsaKey.Prefix + "nistp521", RsaKey.Type, SecurityKey.Type];

    /// <exception cref="FormatException">The key is of another type, too weak, or not in the form of its type.</exception>
    public static VerificationKey Read(SshPublicKey key)
    {
        var reader = new SshReader(key.ToBytes());
        var type = reader.ReadText();
        VerificationKey result = type switch
        {
            Ed25519Key.Type => Ed25519Key.Read(ref reader),
            SecurityKey.Type => SecurityKey.Read(ref reader),
            RsaKey.Type => RsaKey.Read(ref reader),
            _ when Types.Contains(type) => EcdsaKey.Read(type, ref reader),
            _ => throw new FormatException($"A key of the type '{type}' cannot be used; these can: {string.Join(", ", Types)}."),
        };
        reader.End();
        return result;
    }

    /// <param name="data">What was signed.</param>
    /// <param name="signature">The name of an algorithm and what it made, in the binary form of SSH.</param>
    /// <exception cref="FormatException">The signature is not in the form of its algorithm.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The numbers of the key are none.</exception>
    public abstract bool IsValid(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
