namespace Bento.Agents.Machine;

/// <summary>What an activator can say beside its contract whose switches outlive the agent that began them.</summary>
internal interface ISwitchMemory
{
    /// <summary>Waits for the end of a switch that an earlier run began.</summary>
    /// <param name="system">The system.</param>
    /// <param name="isStaged">Whether it only prepared the next boot.</param>
    /// <param name="log">Gets what it printed.</param>
    /// <param name="cancellationToken">Gives up waiting; the switch goes on.</param>
    /// <returns>How it ended; null when nothing is known of one.</returns>
    /// <exception cref="ActivationException">The machine does not say.</exception>
    Task<Activation?> FindAsync(StorePath system, bool isStaged, TextWriter log, CancellationToken cancellationToken);

    /// <summary>Lets go what is known of the last switch: it is written down.</summary>
    Task ForgetAsync(CancellationToken cancellationToken);

    /// <summary>Looks for another switch, of whoever, that is under way.</summary>
    /// <returns>What hinders, as one sentence; null when a switch may begin.</returns>
    string? FindHindrance();
}
