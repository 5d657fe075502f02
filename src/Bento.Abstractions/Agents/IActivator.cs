namespace Bento.Agents;

/// <summary>The running machine, as far as an update touches it. NixOS, unless an embedder brings another.</summary>
/// <remarks>Used by one agent at a time. Every call may be repeated after a crash.</remarks>
public interface IActivator
{
    /// <summary>Looks at what the machine runs, boots and was booted into.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; what cannot be told is null.</returns>
    Task<MachineState> InspectAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a system the one that the next boot starts: sets the system profile to exactly this path.</summary>
    /// <param name="system">The system; valid in the store.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ActivationException">It is not a NixOS system, or the profile could not be set.</exception>
    Task SetProfileAsync(StorePath system, CancellationToken cancellationToken = default);

    /// <summary>Finds what forbids to switch the running machine to a system live.</summary>
    /// <param name="system">The system; valid in the store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The names of what changed and must not change under a running machine; empty when a switch is safe.</returns>
    Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken = default);

    /// <summary>Switches the running machine to a system. The switch outlives the process that asked for it.</summary>
    /// <param name="system">The system.</param>
    /// <param name="log">Gets what the switch prints.</param>
    /// <param name="cancellationToken">Gives up before it begins, and waiting for its end where it goes on alone; a running switch is never
    /// stopped.</param>
    /// <returns>How it ended. A switch that fails is a result.</returns>
    /// <exception cref="ActivationException">The switch could not be started.</exception>
    Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken = default);

    /// <summary>
    /// Prepares the next boot for a system, bootloader and all, and leaves alone what runs. Otherwise like <see cref="SwitchAsync"/>.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="log">Gets what is printed.</param>
    /// <param name="cancellationToken">Gives up before it begins, and waiting for its end where it goes on alone.</param>
    /// <returns>How it ended. A failure is a result.</returns>
    /// <exception cref="ActivationException">It could not be started.</exception>
    Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken = default);

    /// <summary>Orders a reboot.</summary>
    /// <param name="cancellationToken">Gives up before it is ordered.</param>
    /// <returns>A task that ends when it is ordered; the machine goes down soon after.</returns>
    /// <exception cref="ActivationException">It could not be ordered.</exception>
    Task RebootAsync(CancellationToken cancellationToken = default);
}
