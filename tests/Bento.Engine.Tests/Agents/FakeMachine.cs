using Bento.Agents;
using Bento.Building;

namespace Bento.Engine.Tests.Agents;

/// <summary>A machine of three facts, for tests without NixOS.</summary>
internal sealed class FakeMachine : IActivator
{
    public MachineState State { get; set; } = new(null, null, null) { BootId = "boot" };

    public List<string> Calls { get; } = [];

    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => Task.FromResult(State);

    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken)
    {
        State = State with { Profile = system };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
    {
        Calls.Add($"switch {system.Name}");
        State = State with { Running = system };
        return Task.FromResult(new Activation(ActivationVerdict.Done, 0, []));
    }

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
    {
        Calls.Add($"stage {system.Name}");
        return Task.FromResult(new Activation(ActivationVerdict.Done, 0, []));
    }

    public Task RebootAsync(CancellationToken cancellationToken)
    {
        Calls.Add("reboot");
        return Task.CompletedTask;
    }
}
