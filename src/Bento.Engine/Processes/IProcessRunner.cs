namespace Bento.Processes;

/// <summary>Runs programs of this machine. The seam behind which CliWrap, and in tests a fake, stands.</summary>
/// <remarks>Safe for concurrent calls.</remarks>
internal interface IProcessRunner
{
    /// <summary>Runs a program to its end. A program that fails is an outcome, not an exception.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="cancellationToken">Interrupts the program (SIGINT), and kills it with its children when it does not obey in
    /// <see cref="ProcessCommand.GracePeriod"/>.</param>
    /// <returns>How it ended and what it printed.</returns>
    /// <exception cref="ProcessStartException">There is no such program, or it cannot be started.</exception>
    Task<ProcessOutcome> RunAsync(ProcessCommand command, CancellationToken cancellationToken);
}
