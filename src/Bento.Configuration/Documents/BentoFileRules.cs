using Bento.Hosts;

namespace Bento.Configuration.Documents;

/// <summary>What the schema of bento.json cannot say, and what a variable of the environment may say against it.</summary>
internal static class BentoFileRules
{
    public static IEnumerable<SettingProblem> Problems(BentoFile file)
    {
        if (!Enum.TryParse<FleetLayout>(file.Layout, ignoreCase: true, out var layout) || !Enum.IsDefined(layout))
        {
            yield return new("layout", $"'{file.Layout}' is not one of: auto, hosts, flake.");
        }

        if (!Enum.TryParse<ShippedFiles>(file.Files, ignoreCase: true, out var files) || !Enum.IsDefined(files))
        {
            yield return new("files", $"'{file.Files}' is not one of: auto, tracked, all.");
        }

        if (file is { Server: not null, Areas: not null })
        {
            yield return new("areas", "There is 'server' too, and the areas are on one machine. Remove one of them.");
        }

        foreach (var problem in file.Areas?.Problems() ?? [])
        {
            yield return problem;
        }

        foreach (var (name, host) in file.Hosts)
        {
            for (var i = 0; i < host.HealthChecks.Count; i++)
            {
                if (host.HealthChecks[i].ToHealthCheck() is null)
                {
                    yield return new(
                        $"hosts.{name}.healthChecks[{i}]",
                        "A health check has exactly one of command, http (a whole address) and unit.");
                }
            }
        }
    }
}
