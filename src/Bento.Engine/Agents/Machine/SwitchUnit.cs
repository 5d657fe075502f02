namespace Bento.Agents.Machine;

/// <summary>What systemd says of the unit of a switch.</summary>
internal sealed record SwitchUnit(SwitchUnitState State)
{
    /// <summary>Which switch it is: <see cref="Describe"/>.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Tells this run from all others of the unit.</summary>
    public string InvocationId { get; init; } = string.Empty;

    /// <summary>
    /// How its process ended, in the words of systemd: <c>success</c>, <c>exit-code</c>, <c>signal</c>, <c>timeout</c>, <c>oom-kill</c>,
    /// ...
    /// </summary>
    public string Result { get; init; } = string.Empty;

    /// <summary>The exit code, or the number of the signal.</summary>
    public int Status { get; init; }

    /// <summary>The exit code as a shell would give it.</summary>
    public int ExitCode => Result is "success" or "exit-code" ? Status : FirstOfSignals + Status;

    /// <summary>Why it failed, where its exit code does not say that.</summary>
    public string? Problem => (Result, Status) switch
    {
        ("success", _) => null,
        ("exit-code", CannotExecute) => "systemd could not execute switch-to-configuration.",
        ("exit-code", _) => null,
        ("timeout", _) => "switch-to-configuration took too long and was ended.",
        ("oom-kill", _) => "switch-to-configuration was killed because the machine ran out of memory.",
        ("signal" or "core-dump", _) => $"switch-to-configuration was killed by signal {Status}.",
        _ => $"systemd could not run switch-to-configuration ({Result}).",
    };

    /// <summary>How a unit is described, so that a later run of the agent knows what it finds.</summary>
    public static string Describe(StorePath system, string action) => $"Bento: {action} {system}";

    private const int FirstOfSignals = 128;
    private const int CannotExecute = 203;
}
