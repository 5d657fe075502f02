using Bento.Building;

namespace Bento.Agents;

/// <summary>The running machine, as far as an update touches it. NixOS, unless an embedder brings another.</summary>
/// <remarks>Used by one agent at a time. Every call may be repeated after a crash.</remarks>
public interface IActivator
{
    /// <summary>Looks at what the machine runs, boots and was booted into.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; what cannot be told is null.</returns>
    Task<MachineState> InspectAsync(CancellationToken cancellationToken);

    /// <summary>Makes a system the one that the next boot starts: sets the system profile to exactly this path.</summary>
    /// <param name="system">The system; valid in the store.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    /// <returns>A task that ends when it is durable.</returns>
    /// <exception cref="ActivationException">It is not a NixOS system, or the profile could not be set.</exception>
    Task SetProfileAsync(StorePath system, CancellationToken cancellationToken);

    /// <summary>Switches the running machine to a system. The switch outlives the process that asked for it.</summary>
    /// <param name="system">The system.</param>
    /// <param name="log">Gets what the switch prints.</param>
    /// <param name="cancellationToken">Gives up before it begins; a running switch is never stopped.</param>
    /// <returns>How it ended. A switch that fails is a result.</returns>
    /// <exception cref="ActivationException">The switch could not be started.</exception>
    Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken);
}
