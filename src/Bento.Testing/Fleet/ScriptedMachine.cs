using Bento.Agents;

namespace Bento.Testing.Fleet;

/// <summary>A machine of three facts: what runs, what was booted, and what boots next. A script says how its switches go.</summary>
public sealed class ScriptedMachine(StorePath system, FaultPoint faults) : IActivator
{
    private readonly List<StorePath> _activated = [];
    private StorePath? _cutBy;
    private StorePath? _wantsKernel;
    private int _switching;
    private int _boots;

    /// <summary>What it runs.</summary>
    public StorePath Running { get; set; } = system;

    /// <summary>What the next boot starts.</summary>
    public StorePath Profile { get; private set; } = system;

    /// <summary>What the last boot started.</summary>
    public StorePath Booted { get; private set; } = system;

    /// <summary>How the next switch goes; those after it go as they should.</summary>
    public SwitchScript Next { get; set; }

    /// <summary>Runs in the middle of the next switch.</summary>
    public Func<Task>? DuringSwitch { get; set; }

    /// <summary>Whether the system that runs lets the machine reach a server.</summary>
    public bool HasNetwork => _cutBy != Running;

    /// <summary>Every system that was ever switched to or prepared for the next boot, in order.</summary>
    public IReadOnlyList<StorePath> Activated => _activated;

    /// <summary>The most switches that ever ran at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>How often a reboot was ordered.</summary>
    public int Reboots { get; private set; }

    /// <summary>Boots into what the profile names: after a power cut, and after a reboot that was ordered.</summary>
    public void Boot()
    {
        Running = Booted = Profile;
        _wantsKernel = null;
        _boots++;
    }

    /// <inheritdoc/>
    public Task<MachineState> InspectAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new MachineState
        {
            Running = Running,
            Booted = Booted,
            Profile = Profile,
            BootId = $"boot {_boots}",
            NeedsReboot = _wantsKernel == Profile,
        });

    /// <inheritdoc/>
    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        faults.Pass($"set the profile to {system.Name}");
        if (Next == SwitchScript.ProfileNotSet)
        {
            Next = SwitchScript.Done;
            throw new ActivationException("The script says that the profile cannot be set.");
        }

        Profile = system;
        faults.Pass("profile set");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<string>>(Next == SwitchScript.Inhibited ? ["dbus"] : []);

    /// <inheritdoc/>
    public async Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        faults.Pass($"switch to {system.Name}");
        var script = Next;
        Next = SwitchScript.Done;
        if (script == SwitchScript.NotStarted)
        {
            throw new ActivationException("The script says that the switch cannot be started.");
        }

        MostAtOnce = int.Max(MostAtOnce, ++_switching);
        try
        {
            _activated.Add(system);
            if (DuringSwitch is { } during)
            {
                DuringSwitch = null;
                await during();
            }

            Running = script == SwitchScript.Failed ? Running : system;
            _cutBy = script == SwitchScript.CutsNetwork ? system : _cutBy;
            _wantsKernel = script == SwitchScript.NeedsReboot ? system : _wantsKernel;
            faults.Pass("switched");
        }
        finally
        {
            _switching--;
        }

        return script switch
        {
            SwitchScript.Degraded => new Activation
            {
                Verdict = ActivationVerdict.Degraded,
                ExitCode = 4,
                FailedUnits = ["nginx.service"],
            },
            SwitchScript.Failed => new Activation { Verdict = ActivationVerdict.Failed, ExitCode = 1, FailedUnits = [] },
            _ => new Activation { Verdict = ActivationVerdict.Done, ExitCode = 0, FailedUnits = [] },
        };
    }

    /// <inheritdoc/>
    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        faults.Pass($"prepare the boot of {system.Name}");
        Next = SwitchScript.Done;
        _activated.Add(system);
        return Task.FromResult(new Activation { Verdict = ActivationVerdict.Done, ExitCode = 0, FailedUnits = [] });
    }

    /// <inheritdoc/>
    public Task RebootAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        faults.Pass("reboot");
        Reboots++;
        return Task.CompletedTask;
    }
}
