namespace Bento.Configuration.Documents;

/// <summary>What the schema of agent.json cannot say, and what a variable of the environment may say against it.</summary>
internal static class AgentFileRules
{
    public static IEnumerable<SettingProblem> Problems(AgentFile file)
    {
        if (file is { Server: null, Areas: null } or { Server: not null, Areas: not null })
        {
            yield return new("server", "There must be exactly one of 'server' and 'areas': where the releases of this host are.");
        }

        foreach (var problem in file.Areas?.Problems() ?? [])
        {
            yield return problem;
        }
    }
}
