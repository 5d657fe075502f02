using System.Security.Cryptography;

namespace Bento.Trust;

/// <summary>Verifies SSHSIG as <c>ssh-keygen -Y verify</c> does, in this process: a host needs no ssh tools. Pure.</summary>
internal static class SshSignatureVerifier
{
    /// <summary>
    /// Whether the key that a signature names signed this message. Says nothing about who may sign, nor about the namespace.
    /// </summary>
    public static bool IsValid(SshSignature signature, ReadOnlySpan<byte> message)
    {
        try
        {
            return VerificationKey.Read(signature.Key).IsValid(signature.SignedData(message), signature.Signature);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
