using Bento.Building;
using Bento.Processes;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Machine;

/// <summary>Activates as the agent would, without its journal; on another machine through ssh.</summary>
internal sealed class DirectActivation(
    IOptions<AgentOptions> options, IOptions<NixOptions> nix, IProcessRunner processes, TimeProvider clock) : IDirectActivation
{
    private readonly MachinePrograms _programs = new(processes, nix.Value, Timeout.InfiniteTimeSpan, clock);

    public Task<Activation> ActivateAsync(
        StorePath system, ActivationMode mode, SshTarget? target, TextWriter log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        return File.Exists(Path.Join(system.ToString(), "nixos-version"))
            ? target is null
                ? HereAsync(system, mode, log, cancellationToken)
                : new SshMachine(target, _programs).ActivateAsync(system, mode, log, cancellationToken)
            : throw new ActivationException($"'{system}' is not a NixOS system: it has no file nixos-version.");
    }

    private async Task<Activation> HereAsync(StorePath system, ActivationMode mode, TextWriter log, CancellationToken cancellationToken)
    {
        try
        {
            // The lock of the agent of this machine, should it have one, lies there.
            _ = Directory.CreateDirectory(options.Value.StateDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ActivationException($"'{options.Value.StateDirectory}' cannot be used: {exception.Message}", exception)
            {
                NextStep = "Run this as root.",
            };
        }

        if (mode == ActivationMode.Switch)
        {
            await new NixosActivator(options, nix, processes, clock).SetProfileAsync(system, cancellationToken).ConfigureAwait(false);

            // Nobody here waits for a confirmation: the way back is a generation of the profile.
            new PreviousSystemRoot(options.Value.StateDirectory).Remove();
        }

        var program = new SwitchProgram(options.Value, _programs, clock);
        var activation = await program.RunAsync(system, SwitchProgram.Action(mode), log, cancellationToken).ConfigureAwait(false);
        await program.ForgetAsync(CancellationToken.None).ConfigureAwait(false);
        return activation;
    }
}
