using Bento.Files;

namespace Bento.Agents.Machine;

/// <summary>
/// A garbage collector root of what ran before a switch: neither the profile nor <c>/run</c> holds it any more once an operator has removed
/// old generations.
/// </summary>
internal sealed class PreviousSystemRoot(string stateDirectory)
{
    private readonly string _link = Path.GetFullPath(Path.Join(stateDirectory, "way-back"));

    /// <summary>
    /// Keeps what runs until another system has proven itself; going back, what is gone back to stays kept. Where that fails, a switch is
    /// no worse off than without it: no collector runs as a rule.
    /// </summary>
    public async Task KeepAsync(StorePath running, StorePath next, MachinePrograms programs)
    {
        // Repeated after a kill, the new system may run already: then what it replaced is kept since before.
        if (running == next || new FileInfo(_link).LinkTarget == next.ToString())
        {
            return;
        }

        try
        {
            _ = await programs.RunAsync(
                programs.OfNix("nix-store"),
                ["--realise", running.ToString(), "--add-root", _link, "--indirect"],
                null,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (ActivationException)
        {
            // Who cannot start Nix at all sets no profile either, and says so there.
        }
    }

    /// <summary>Lets go what is kept. Nix forgets a root whose link is gone.</summary>
    public void Remove()
    {
        try
        {
            _ = DurableFile.Delete(_link);
        }
        catch (IOException)
        {
            // It keeps a system too long, and the next switch puts another one in its place.
        }
    }
}
