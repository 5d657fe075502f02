using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Building.Store;

/// <summary>
/// Has nvd compare two systems, in its own words. For people; what Bento decides and prints as data comes from the store.
/// </summary>
internal sealed class NvdComparison(IProcessRunner processes, IOptions<NixOptions> options)
{
    private const string Program = "nvd";

    /// <exception cref="NixException">nvd is not there, or failed.</exception>
    public async Task<string> CompareAsync(StorePath before, StorePath after, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> nix = options.Value.ProgramDirectory is { } directory ? [$"--nix-bin-dir={directory}"] : [];
        try
        {
            var command = new ProcessCommand(Program, [.. nix, "diff", before.ToString(), after.ToString()])
            {
                Environment = options.Value.Environment.AsReadOnly(),
            };
            var outcome = await processes.RunAsync(command, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return outcome.IsSuccess
                ? PlainText.OfLines(outcome.Output).TrimEnd()
                : throw new NixException($"nvd ended with {outcome.ExitCode}: {PlainText.OfLines(outcome.Error).Trim()}")
                {
                    NextStep = "Leave --nvd out: Bento compares the packages itself.",
                };
        }
        catch (ProcessStartException exception)
        {
            throw new NixException(exception.Message, exception)
            {
                NextStep = "Put nvd on the PATH (nix-shell -p nvd), or leave --nvd out: Bento compares the packages itself.",
            };
        }
    }
}
