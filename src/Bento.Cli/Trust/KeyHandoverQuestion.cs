using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Status;
using Bento.Transport;

namespace Bento.Cli.Trust;

/// <summary>Asks before a key is removed that hosts may still need.</summary>
internal static class KeyHandoverQuestion
{
    /// <returns>Whether to go on.</returns>
    /// <exception cref="TransportException">The server cannot be reached, and --yes was not given.</exception>
    public static async Task<bool> AskAsync(
        CliIo io,
        IKeyHandover handover,
        IReadOnlyList<SshPublicKey> remaining,
        int threshold,
        bool isSure,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<HostName> unready;
        try
        {
            unready = await handover.FindUnreadyAsync(remaining, threshold, cancellationToken);
        }
        catch (TransportException exception) when (isSure)
        {
            await io.Error.WriteLineAsync($"Cannot check whether every host trusts another key: {exception.Message}");
            return true;
        }

        if (unready.Count == 0)
        {
            return true;
        }

        await io.Error.WriteLineAsync(
            $"These hosts may not trust the remaining {(remaining.Count == 1 ? "key" : "keys")}: {string.Join(' ', unready)}");
        await io.Error.WriteLineAsync(
            "Their last heartbeat does not list enough of the remaining keys. Without the key that you remove they may refuse every "
                + "release, until you change them by hand.");
        if (isSure || (io.IsErrorTerminal && await Question.AskAsync(io, "Remove the key anyway?", cancellationToken)))
        {
            return true;
        }

        await io.Error.WriteLineAsync(
            "Nothing was changed. Add the remaining keys to services.bento.trust.keys of these hosts, run 'bento deploy', and wait until "
                + "they are up to date and have sent a heartbeat. To remove the key now: --yes");
        return false;
    }
}
