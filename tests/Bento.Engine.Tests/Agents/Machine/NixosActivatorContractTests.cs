using Bento.Agents;
using Bento.Agents.Machine;
using Bento.Engine.Tests.Building;
using Bento.Processes;
using Bento.TestBench.Nix;
using Bento.Testing;
using Bento.Testing.Agents;
using Microsoft.Extensions.Options;

namespace Bento.Engine.Tests.Agents.Machine;

/// <summary>The whole contract with the real Nix, on systems whose switch any machine can run.</summary>
[Covers(typeof(NixosActivator))]
public sealed class NixosActivatorContractTests : ActivatorContract
{
    private NixBench? _bench;
    private int _systems;

    protected override Task<IActivator> CreateAsync()
    {
        _bench = new NixBench();
        var run = _bench.Store.CreateDirectory("run");
        var nix = new Bento.Building.NixOptions();
        _bench.Store.Configure(nix);
        nix.Environment[TestSystem.RunVariable] = run;
        return Task.FromResult<IActivator>(new NixosActivator(
            Options.Create(new AgentOptions
            {
                StateDirectory = _bench.Store.CreateDirectory("state"),
                SystemProfile = Path.Join(_bench.Store.CreateDirectory("profiles"), "system"),
                CurrentSystem = Path.Join(run, "current-system"),
                BootedSystem = Path.Join(run, "booted-system"),
                BootIdFile = Path.Join(run, "boot-id"),
                UseSystemd = false,
            }),
            Options.Create(nix),
            new CliWrapProcessRunner(TimeProvider.System),
            TimeProvider.System));
    }

    protected override Task<StorePath> CreateSystemAsync() => BuildAsync(new TestSystem { Version = $"{++_systems}" });

    protected override Task<StorePath> CreateFailingSystemAsync() =>
        BuildAsync(new TestSystem { Version = $"{++_systems}", SwitchExitCode = 1 });

    protected override ValueTask CleanUpAsync()
    {
        _bench?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<StorePath> BuildAsync(TestSystem system)
    {
        var derivations = await _bench!.DerivationsAsync(_bench.Flake(new TestFlake().With("lab", system), $"fleet{_systems}"));
        var built = await _bench.Builder.BuildAsync(derivations, new Bento.Building.BuildSettings(), null, Token);
        Assert.Null(Assert.Single(built).Failure);
        return derivations[0].System;
    }
}
