using Bento.Transport;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Bento.Sftp;

/// <summary>Reads the private key of the login, and says what is wrong with its file where SSH.NET speaks of check bytes.</summary>
internal static class SftpKeyFile
{
    public static PrivateKeyFile Read(string path, string? passphraseFile)
    {
        try
        {
            var passphrase = passphraseFile is null ? null : File.ReadLines(passphraseFile).FirstOrDefault();
            return new PrivateKeyFile(path, passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException exception)
        {
            throw Refused($"The key '{path}' has a passphrase, and none is configured.", "Log in with a key that has none. A program can name a file that holds the passphrase: PrivateKeyPassphraseFile.", exception);
        }
        catch (SshException exception)
        {
            throw Refused(
                passphraseFile is null ? $"The file '{path}' holds no private key that can be used: {exception.Message}" : $"The passphrase in '{passphraseFile}' does not open the key '{path}'.",
                $"Check it with: ssh-keygen -y -f {path}",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused($"The private key cannot be read: {exception.Message}", null, exception);
        }
    }

    private static TransportException Refused(string message, string? nextStep, Exception exception) =>
        new(TransportFailure.LoginRefused, message, exception) { NextStep = nextStep };
}
