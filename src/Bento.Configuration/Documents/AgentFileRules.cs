namespace Bento.Configuration.Documents;

/// <summary>
/// What the schema of agent.json cannot say, and what a variable of the environment may say against it. Each with its setting.
/// </summary>
internal static class AgentFileRules
{
    public static IEnumerable<string> Problems(AgentFile file)
    {
        if (file is { Server: null, Areas: null } or { Server: not null, Areas: not null })
        {
            yield return "server: There must be exactly one of 'server' and 'areas': where the releases of this host are.";
        }

        if (file.Areas is { } areas && areas.ToOwnership() is null)
        {
            yield return $"areas.ownership: '{areas.Ownership}' is none of system-users, current-user.";
        }
    }
}
