using Bento.Building;
using Bento.Processes;

namespace Bento.Agents;

/// <summary>Runs the programs that touch a machine.</summary>
internal sealed class MachinePrograms(IProcessRunner processes, NixOptions nix)
{
    /// <summary>Where a program of Nix is.</summary>
    public string OfNix(string name) => nix.ProgramDirectory is { } directory ? Path.Join(directory, name) : name;

    /// <summary>Runs a program; that it fails is an outcome.</summary>
    /// <exception cref="ActivationException">It could not be started.</exception>
    public async Task<ProcessOutcome> RunAsync(string program, IReadOnlyList<string> arguments, TextWriter? log, CancellationToken cancellationToken)
    {
        try
        {
            Action<string>? write = log is null ? null : log.WriteLine;
            var command = new ProcessCommand(program, arguments) { Environment = nix.Environment.AsReadOnly(), OnOutputLine = write, OnErrorLine = write };
            return await processes.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException exception)
        {
            throw new ActivationException(exception.Message, exception);
        }
    }
}
