using System.Text;
using Bento.Files;
using Bento.Transport;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Bento.Sftp;

/// <summary>
/// Reads the private key of the login, and says what is wrong with its file where SSH.NET speaks of check bytes, or of an index out of
/// range.
/// </summary>
internal static class SftpKeyFile
{
    /// <summary>Far more than an RSA key of 16,384 bits takes in any form.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <exception cref="TransportException">The key cannot be used.</exception>
    public static PrivateKeyFile Read(string path, string? passphraseFile)
    {
        var key = ReadFile("private key", path);
        var passphrase = passphraseFile is null
            ? null
            : Encoding.UTF8.GetString(ReadFile("passphrase", passphraseFile)).Split('\n')[0].TrimEnd('\r');
        try
        {
            return new PrivateKeyFile(new MemoryStream(key), passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException exception)
        {
            throw Refused(
                $"The key '{path}' has a passphrase, and none is configured.",
                "Log in with a key that has none. A program can name a file that holds the passphrase: PrivateKeyPassphraseFile.",
                exception);
        }
        catch (Exception exception)
        {
            // Whatever SSH.NET makes of bytes that are not a key: it has no exception of its own for most of them.
            throw Refused(
                passphraseFile is null
                    ? $"The file '{path}' does not hold a private key that can be used: {SftpFailure.Text(exception)}"
                    : $"The passphrase in '{passphraseFile}' does not open the key '{path}'.",
                $"Check it with: {ShellCommand.Text("ssh-keygen", "-y", "-f", path)}",
                exception);
        }
    }

    /// <summary>Reads a file that may be a link, and never one that could hold the reader up or that has no end.</summary>
    private static byte[] ReadFile(string what, string path)
    {
        try
        {
            return GivenFile.ReadAll(path, MaxBytes) ?? throw new FileNotFoundException($"There is no '{path}'.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused($"The {what} cannot be read: {exception.Message}", null, exception);
        }
    }

    private static TransportException Refused(string message, string? nextStep, Exception exception) =>
        new(TransportFailure.LoginRefused, message, exception) { NextStep = nextStep };
}
