namespace Bento.Agents;

/// <summary>
/// Makes a machine run a system at once, without its agent: this machine, or one that ssh reaches. Nothing is confirmed and nothing rolled
/// back.
/// </summary>
/// <remarks>Safe for concurrent calls; two switches of one machine exclude each other.</remarks>
public interface IDirectActivation
{
    /// <summary>Activates a system.</summary>
    /// <param name="system">The system; valid in the store of this machine.</param>
    /// <param name="mode">How.</param>
    /// <param name="target">Which machine; null for this one. The closure is copied to another one first.</param>
    /// <param name="log">Gets what is printed.</param>
    /// <param name="cancellationToken">Gives up before the switch begins; a running switch is never stopped.</param>
    /// <returns>How it ended. A switch that fails is a result.</returns>
    /// <exception cref="ActivationException">It is not a NixOS system, the machine cannot be reached, or the switch could not be
    /// started.</exception>
    Task<Activation> ActivateAsync(
        StorePath system, ActivationMode mode, SshTarget? target, TextWriter log, CancellationToken cancellationToken = default);
}
