namespace Bento.Agents.Machine;

/// <summary>Reads what loginctl prints. Pure.</summary>
internal static class LoginSessions
{
    /// <summary>The names of sessions, from <c>loginctl list-sessions --no-legend</c>.</summary>
    public static IEnumerable<string> Names(string list) => list
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' ', 2)[0]);

    /// <summary>
    /// Somebody who is logged in, from <c>loginctl show-session</c>: groups of <c>Name=value</c> with empty lines between them. A login
    /// screen, a service of a user and a session that ends are nobody.
    /// </summary>
    public static string? FindUser(string sessions) => sessions.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(session => session.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0])
            .ToDictionary(pairs => pairs.Key, pairs => pairs.First()[1]))
        .Where(session => session.GetValueOrDefault("Class") is "user" or "user-early" or "user-light" or "user-incomplete"
            && session.GetValueOrDefault("State") != "closing")
        .Select(session => session.GetValueOrDefault("Name"))
        .FirstOrDefault(name => name is { Length: > 0 });
}
