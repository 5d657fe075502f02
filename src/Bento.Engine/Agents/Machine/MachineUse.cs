using System.Globalization;
using Bento.Building;
using Bento.Files;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Machine;

/// <summary>Who or what works on this machine, so that a switch would disturb it.</summary>
/// <remarks>
/// What cannot be found out holds a host back too: that is bounded in time, and a switch in somebody's work is not undone.
/// </remarks>
internal sealed class MachineUse(IProcessRunner processes, IOptions<NixOptions> nix, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const int MaxPidBytes = 32;
    private const string KernelLocks = "/proc/locks";

    private readonly MachinePrograms _programs = new(processes, nix.Value, Limit, clock);

    /// <returns>Who or what, as half a sentence; null for nobody.</returns>
    public async Task<string?> FindAsync(HoldBack holdBack, CancellationToken cancellationToken)
    {
        foreach (var file in holdBack.LockFiles)
        {
            if (FindHolder(file) is { } holder)
            {
                return holder;
            }
        }

        return holdBack.WhileLoggedIn ? await FindUserAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<string?> FindUserAsync(CancellationToken cancellationToken)
    {
        try
        {
            var sessions = await _programs.RunAsync(
                "loginctl", ["list-sessions", "--no-legend", "--no-pager"], null, cancellationToken).ConfigureAwait(false);
            string[] names = [.. LoginSessions.Names(sessions.Output)];
            if (sessions.IsSuccess && names.Length == 0)
            {
                return null;
            }

            var shown = sessions.IsSuccess
                ? await _programs.RunAsync(
                    "loginctl",
                    ["show-session", "--no-pager", "--property=Name", "--property=Class", "--property=State", "--", .. names],
                    null,
                    cancellationToken).ConfigureAwait(false)
                : sessions;

            // A session that ends in between makes the answer incomplete, not wrong.
            return shown.IsSuccess || shown.Output.Length > 0
                ? LoginSessions.FindUser(shown.Output) is { } user ? $"{PlainText.OfLine(user)} is logged in" : null
                : $"loginctl cannot tell who is logged in ({PlainText.OfLine(shown.Error.Trim())})";
        }
        catch (ActivationException exception)
        {
            return $"loginctl cannot tell who is logged in ({PlainText.OfLine(exception.Message)})";
        }
    }

    private static string? FindHolder(string file)
    {
        try
        {
            if (FileStatus.ReadTarget(file) is not { Kind: FileKind.File } status)
            {
                return null;
            }

            if (KernelLock.FindHolder(File.ReadLines(KernelLocks), status.Inode) is { } process)
            {
                return process > 0 ? $"process {process} holds '{file}'" : $"'{file}' is held";
            }

            return status.SizeBytes <= MaxPidBytes
                && int.TryParse(
                    GivenFile.ReadText(file, MaxPidBytes)?.Trim(),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var named)
                && named > 0
                && Directory.Exists($"/proc/{named}")
                ? $"process {named} is named in '{file}'"
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"'{file}' cannot be read ({PlainText.OfLine(exception.Message)})";
        }
    }
}
