using Bento.Agents;

namespace Bento.Engine.Tests.Agents;

/// <summary>A machine of three facts, for tests without NixOS.</summary>
internal sealed class FakeMachine : IActivator
{
    public MachineState State { get; set; } = new() { Running = null, Booted = null, Profile = null, BootId = "boot" };

    /// <summary>Why no profile can be set; null when one can.</summary>
    public string? ProfileProblem { get; set; }

    /// <summary>How switches end; one that needs a reboot changes nothing that runs.</summary>
    public ActivationVerdict Verdict { get; set; } = ActivationVerdict.Done;

    public List<string> Calls { get; } = [];

    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => Task.FromResult(State);

    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken)
    {
        if (ProfileProblem is { } problem)
        {
            throw new ActivationException(problem);
        }

        State = State with { Profile = system };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
    {
        Calls.Add($"switch {system.Name}");
        State = State with { Running = Verdict == ActivationVerdict.RebootNeeded ? State.Running : system };
        return Task.FromResult(new Activation
        {
            Verdict = Verdict,
            ExitCode = Verdict == ActivationVerdict.RebootNeeded ? 100 : 0,
            FailedUnits = [],
        });
    }

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken)
    {
        Calls.Add($"stage {system.Name}");
        return Task.FromResult(new Activation { Verdict = ActivationVerdict.Done, ExitCode = 0, FailedUnits = [] });
    }

    public Task RebootAsync(CancellationToken cancellationToken)
    {
        Calls.Add("reboot");
        return Task.CompletedTask;
    }
}
