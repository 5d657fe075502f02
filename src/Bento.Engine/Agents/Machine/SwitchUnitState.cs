namespace Bento.Agents.Machine;

/// <summary>Whether a switch runs in its unit. Only what systemd says for certain counts.</summary>
internal enum SwitchUnitState
{
    /// <summary>There is no unit, and no switch runs.</summary>
    Free,

    /// <summary>One runs, or begins or ends just now.</summary>
    Busy,

    /// <summary>One has ended, and how is kept.</summary>
    Ended,

    /// <summary>systemd did not say.</summary>
    Unknown,
}
