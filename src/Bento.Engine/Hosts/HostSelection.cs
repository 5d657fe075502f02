using Bento.Publishing;

namespace Bento.Hosts;

/// <summary>Which hosts an operation is about, and what was said about each.</summary>
internal sealed class HostSelection(HostSelector selector, BentoOptions options)
{
    public bool IsAll => selector.IsAll;

    public bool Includes(HostName host) => selector.Matches(host, Find(host)?.Tags.AsReadOnly() ?? []);

    /// <summary>Joins what <c>bento.json</c> says about a host with the marks of its directory.</summary>
    public HostSettings Settings(HostName host, DirectoryMarks marks)
    {
        var said = Find(host) ?? new HostOptions();
        return new HostSettings
        {
            Tags = [.. said.Tags],
            EvaluateOnly = said.EvaluateOnly || marks.HasFlag(DirectoryMarks.EvaluateOnly),
            Policy = new HostPolicy
            {
                SelfUpdate = said.SelfUpdate || marks.HasFlag(DirectoryMarks.SelfUpdate),
                Reboot = said.Reboot || marks.HasFlag(DirectoryMarks.Reboot),
                RebootWindow = said.RebootWindow is { } window ? TimeWindow.Parse(window) : null,
                Rollback = said.Rollback,
                ConfirmTimeout = said.ConfirmTimeout,
                HealthChecks = [.. said.HealthChecks],
            },
        };
    }

    /// <summary>The error of a selection that includes none of the known hosts.</summary>
    public InvalidFleetException Empty(IReadOnlyCollection<HostName> known)
    {
        var text = selector.ToString();
        var near = known.Select(host => host.ToString())
            .Where(host => EditDistance.Between(host, text) <= int.Max(1, text.Length / 3) || host.Contains(text.Trim('*', '@', '!'), StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Take(5)
            .ToList();
        var hint = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?"
            : known.Count == 0 ? "No host is known at all."
            : $"There are {known.Count} hosts, such as {known.Min()}.";
        return new InvalidFleetException([new FleetProblem("selection", $"'{text}' selects no host. {hint}")]);
    }

    private HostOptions? Find(HostName host) => options.Hosts.TryGetValue(host.ToString(), out var found) ? found : null;
}
