using Bento.Building;
using Bento.Processes;

namespace Bento.Agents.Machine;

/// <summary>Runs the programs that touch a machine.</summary>
/// <param name="processes">Starts them.</param>
/// <param name="nix">Where those of Nix are.</param>
/// <param name="limit">How long each may run; <see cref="Timeout.InfiniteTimeSpan"/> where a person waits.</param>
/// <param name="clock">Measures it.</param>
internal sealed class MachinePrograms(IProcessRunner processes, NixOptions nix, TimeSpan limit, TimeProvider clock)
{
    /// <summary>Where a program of Nix is.</summary>
    public string OfNix(string name) => nix.ProgramDirectory is { } directory ? Path.Join(directory, name) : name;

    /// <summary>
    /// Runs a program; that it fails is an outcome. One that is stopped is killed with all that it started: nothing of it goes on behind
    /// what is done next.
    /// </summary>
    /// <exception cref="ActivationException">It could not be started, or it hangs.</exception>
    public Task<ProcessOutcome> RunAsync(
        string program, IReadOnlyList<string> arguments, TextWriter? log, CancellationToken cancellationToken) =>
        RunAsync(new ProcessCommand(program, arguments) { Environment = nix.Environment.AsReadOnly() }, log, cancellationToken);

    /// <summary>Runs a program with one more variable in its environment.</summary>
    /// <exception cref="ActivationException">It could not be started, or it hangs.</exception>
    public Task<ProcessOutcome> RunWithAsync(
        string variable,
        string value,
        string program,
        IReadOnlyList<string> arguments,
        TextWriter? log,
        CancellationToken cancellationToken) => RunAsync(new ProcessCommand(program, arguments)
        {
            Environment = new Dictionary<string, string?>(nix.Environment) { [variable] = value },
        }, log, cancellationToken);

    /// <summary>Runs Nix with arguments for the ssh that it starts.</summary>
    /// <exception cref="ActivationException">It could not be started, or it hangs.</exception>
    public Task<ProcessOutcome> RunOverSshAsync(
        string program, IReadOnlyList<string> arguments, string sshArguments, TextWriter? log, CancellationToken cancellationToken) =>
        RunWithAsync("NIX_SSHOPTS", sshArguments, program, arguments, log, cancellationToken);

    private async Task<ProcessOutcome> RunAsync(ProcessCommand command, TextWriter? log, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limit, clock, cancellationToken);
        try
        {
            Action<string>? write = log is null ? null : log.WriteLine;
            return await processes.RunAsync(
                command with { OnOutputLine = write, OnErrorLine = write, GracePeriod = TimeSpan.Zero },
                deadline.Token).ConfigureAwait(false);
        }
        catch (ProcessStartException exception)
        {
            throw new ActivationException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (deadline.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new ActivationException(
                $"'{command.Program} {string.Join(' ', command.Arguments)}' did not end within {limit.TotalMinutes:0} minutes and was "
                    + "stopped.",
                exception);
        }
    }
}
