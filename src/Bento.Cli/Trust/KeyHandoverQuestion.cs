using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Cli.Trust;

/// <summary>Asks before a key goes that hosts may still need.</summary>
internal static class KeyHandoverQuestion
{
    /// <returns>Whether to go on.</returns>
    /// <exception cref="TransportException">The server cannot be asked, and nobody is sure.</exception>
    public static async Task<bool> AskAsync(
        CliIo io, IKeyHandover handover, IReadOnlyList<PublicKey> remaining, int threshold, bool isSure, CancellationToken cancellationToken)
    {
        IReadOnlyList<HostName> unready;
        try
        {
            unready = await handover.FindUnreadyAsync(remaining, threshold, cancellationToken);
        }
        catch (TransportException exception) when (isSure)
        {
            await io.Error.WriteLineAsync($"Whether every host trusts another key is not known: {exception.Message}");
            return true;
        }

        if (unready.Count == 0)
        {
            return true;
        }

        await io.Error.WriteLineAsync($"Not known to trust {(remaining.Count == 1 ? "the key that is left" : "the keys that are left")}: {string.Join(' ', unready)}");
        await io.Error.WriteLineAsync("Their last heartbeat does not say that they trust enough of what is left. Without this key they may refuse everything, until somebody changes them by hand.");
        if (isSure || (io.IsErrorTerminal && await Question.AskAsync(io, "Remove the key all the same?", cancellationToken)))
        {
            return true;
        }

        await io.Error.WriteLineAsync("Nothing was changed. Add the keys that are left to services.bento.trust.keys of these hosts, 'bento deploy', and wait until they are up to date and were heard again; or say --yes.");
        return false;
    }
}
