namespace Bento.Agents.Machine;

/// <summary>What <c>systemctl is-active</c> says about a unit: <c>(exit code, word) → state</c>. Pure.</summary>
internal static class SwitchUnitRule
{
    /// <param name="exitCode">3 for a unit that is not active, 4 for one that systemd does not know; anything else but 0 is a failure of
    /// systemctl itself.</param>
    /// <param name="output">The word; a unit that begins or ends has one of its own and exit code 3.</param>
    public static SwitchUnit Read(int exitCode, string output) => (exitCode, output.Trim()) switch
    {
        (0, _) => SwitchUnit.Busy,
        (3 or 4, "inactive" or "failed" or "unknown" or "") => SwitchUnit.Free,
        (3 or 4, _) => SwitchUnit.Busy,
        _ => SwitchUnit.Unknown,
    };
}
