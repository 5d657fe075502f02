using Bento.Processes;

namespace Bento.Building.Closures;

/// <summary>
/// The program <c>zstd</c>, which NixOS has: patches take as much memory as two archives, and a program gives that back when it ends.
/// </summary>
internal sealed class Zstd(IProcessRunner processes) : IPatchTool
{
    private const string Program = "zstd";

    /// <summary>What is spent to make a patch once, and saved by every host that fetches it.</summary>
    private const string PatchLevel = "-9";

    public Task<bool> IsThereAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, "--version");

    public Task<bool> UnpackAsync(string packed, string archive, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken, "-d", "-q", "-f", "-o", archive, packed);

    public Task<bool> MakeAsync(string before, string after, string patch, CancellationToken cancellationToken) =>
        RunAsync(cancellationToken, PatchLevel, "-q", "-f", $"--patch-from={before}", "-o", patch, after);

    public Task<bool> ApplyAsync(string before, string patch, string after, long bytes, CancellationToken cancellationToken) => RunAsync(
        cancellationToken, "-d", "-q", "-f", $"--memory={(bytes >> 20) + 1}MB", $"--patch-from={before}", "-o", after, patch);

    private async Task<bool> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        try
        {
            return (await processes.RunAsync(new ProcessCommand(Program, arguments), cancellationToken).ConfigureAwait(false)).IsSuccess;
        }
        catch (ProcessStartException)
        {
            return false;
        }
    }
}
