using Bento.Agents;
using Bento.Testing.Agents;
using Bento.Testing.Fleet;

namespace Bento.Testing.Tests.Agents;

[Covers(typeof(ScriptedMachine))]
public sealed class ScriptedMachineTests : ActivatorContract
{
    private readonly ScriptedMachine _machine = new(ScriptedBuilder.SystemOf("/nix/store", "lab", "0"), new FaultPoint());
    private int _systems;

    protected override Task<IActivator> CreateAsync() => Task.FromResult<IActivator>(_machine);

    protected override Task<StorePath> CreateSystemAsync() =>
        Task.FromResult(ScriptedBuilder.SystemOf("/nix/store", "lab", $"{++_systems}"));

    protected override Task<StorePath> CreateFailingSystemAsync()
    {
        _machine.Next = SwitchScript.Failed;
        return CreateSystemAsync();
    }
}
