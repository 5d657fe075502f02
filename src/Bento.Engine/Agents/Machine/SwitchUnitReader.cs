using System.Globalization;

namespace Bento.Agents.Machine;

/// <summary>What <c>systemctl show</c> says about a unit: <c>(exit code, properties) → unit</c>. Pure.</summary>
internal static class SwitchUnitReader
{
    /// <summary>What is asked for.</summary>
    public const string Properties = "LoadState,ActiveState,SubState,Description,InvocationID,Result,ExecMainStatus";

    /// <param name="exitCode">Anything but 0 is a failure of systemctl itself: a unit that is not there has an answer, too.</param>
    /// <param name="output">A property a line.</param>
    public static SwitchUnit Read(int exitCode, string output)
    {
        var values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1].Trim(), StringComparer.Ordinal);
        return exitCode != 0 || !values.TryGetValue("ActiveState", out var active)
            ? new SwitchUnit(SwitchUnitState.Unknown)
            : new SwitchUnit(State(active, Value("LoadState"), Value("SubState")))
            {
                Description = Value("Description"),
                InvocationId = Value("InvocationID"),
                Result = Value("Result"),
                Status = int.TryParse(Value("ExecMainStatus"), CultureInfo.InvariantCulture, out var status) ? status : 0,
            };

        string Value(string name) => values.GetValueOrDefault(name, string.Empty);
    }

    private static SwitchUnitState State(string active, string load, string sub) => (active, load, sub) switch
    {
        ("inactive", _, _) or (_, "not-found", _) => SwitchUnitState.Free,
        ("failed", _, _) or ("active", _, "exited") => SwitchUnitState.Ended,
        _ => SwitchUnitState.Busy,
    };
}
