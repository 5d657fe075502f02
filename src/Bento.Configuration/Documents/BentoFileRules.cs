using Bento.Hosts;

namespace Bento.Configuration.Documents;

/// <summary>
/// What the schema of bento.json cannot say, and what a variable of the environment may say against it. Each with its setting.
/// </summary>
internal static class BentoFileRules
{
    public static IEnumerable<string> Problems(BentoFile file)
    {
        if (!Enum.TryParse<FleetLayout>(file.Layout, ignoreCase: true, out var layout) || !Enum.IsDefined(layout))
        {
            yield return $"layout: '{file.Layout}' is none of auto, hosts, flake.";
        }

        if (!Enum.TryParse<ShippedFiles>(file.Files, ignoreCase: true, out var files) || !Enum.IsDefined(files))
        {
            yield return $"files: '{file.Files}' is none of auto, tracked, all.";
        }

        if (file is { Server: not null, Areas: not null })
        {
            yield return "areas: There is 'server' too, and the areas are on one machine. Remove one of them.";
        }

        if (file.Areas is { } areas && areas.ToOwnership() is null)
        {
            yield return $"areas.ownership: '{areas.Ownership}' is none of system-users, current-user.";
        }

        foreach (var (name, host) in file.Hosts)
        {
            for (var i = 0; i < host.HealthChecks.Count; i++)
            {
                if (host.HealthChecks[i].ToHealthCheck() is null)
                {
                    yield return $"hosts.{name}.healthChecks[{i}]: "
                        + "A health check has exactly one of command, http (a whole address) and unit.";
                }
            }
        }
    }
}
