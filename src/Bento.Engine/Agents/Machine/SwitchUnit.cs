namespace Bento.Agents.Machine;

/// <summary>Whether a switch runs in its unit. Only what systemd says for certain counts.</summary>
internal enum SwitchUnit
{
    /// <summary>No switch runs.</summary>
    Free,

    /// <summary>One runs, or begins or ends just now.</summary>
    Busy,

    /// <summary>systemd did not say.</summary>
    Unknown,
}
