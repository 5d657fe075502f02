using Bento.Agents.Journal;
using Bento.Building;
using Bento.Building.Store;
using Bento.Files;
using Bento.Processes;

namespace Bento.Agents.Attempts;

/// <summary>
/// Keeps a power cut from poisoning the store: what Nix wrote is on disk before anything relies on it, and what may not be is read again.
/// </summary>
internal sealed class StoreRepair([Guarded] ISystemBuilder builder, [Guarded] IActivator activator)
{
    /// <summary>Reads a store that was being written when the machine went down, and removes what is damaged of it.</summary>
    /// <returns>Whether that was done: a builder of another kind may not know how.</returns>
    /// <exception cref="NixException">The store could not be read.</exception>
    public async Task<bool> CheckAsync(JournalAttempt attempt, AttemptLog? log, CancellationToken cancellationToken)
    {
        var machine = await activator.InspectAsync(cancellationToken).ConfigureAwait(false);
        if (builder is not IStoreCheck store || DirectoryOf(attempt, machine) is not { } directory)
        {
            return false;
        }

        StorePath?[] inUse = [machine.Running, machine.Booted, machine.Profile, attempt.Previous];
        var found = await store.CheckStoreAsync(
            directory, attempt.SuspectSince, [.. inUse.OfType<StorePath>().Distinct()], cancellationToken).ConfigureAwait(false);
        log?.Note(
            $"The machine went down while the store was written: {found.Read} paths were read again, {found.Removed} were damaged or "
                + "needed one that was, and are removed.");
        foreach (var path in found.Left)
        {
            log?.Note($"Damaged, and in use: {path}.");
        }

        return true;
    }

    /// <summary>
    /// Nix registers what it wrote before the disk has it, sources and failed builds included; where it can be told not to, this is quick.
    /// </summary>
    /// <returns>Why the disk does not have it, as one sentence; null when it has.</returns>
    public async Task<string?> SyncAsync(JournalAttempt attempt)
    {
        var machine = await activator.InspectAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (DirectoryOf(attempt, machine) is { } directory)
            {
                DurableFile.SyncFileSystem(directory);
            }

            return null;
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The store of a path that must be there, or come; null where none is known and nothing can have been written.</summary>
    private static string? DirectoryOf(JournalAttempt attempt, MachineState machine) =>
        (attempt.System ?? attempt.Release.ExpectedSystem ?? machine.Running) is { } path
            && Path.GetDirectoryName(path.ToString()) is { } directory
            && Directory.Exists(directory)
            ? directory
            : null;
}
