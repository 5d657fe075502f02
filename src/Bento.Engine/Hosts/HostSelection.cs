using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>Which hosts an operation is about, and what was said about each.</summary>
internal sealed class HostSelection(HostSelector selector, BentoOptions options)
{
    private const int MaxHints = 5;

    private IEnumerable<string> Tags =>
        options.Hosts.Values.SelectMany(host => host.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>What attributes are called.</summary>
    public HostNaming Naming { get; } = new(options);

    public bool IsAll => selector.IsAll;

    public bool Includes(HostName host) => selector.Matches(host, TagsOf(host));

    /// <summary>Joins what <c>bento.json</c> says about a host with the marks of its directory.</summary>
    public HostSettings Settings(HostName host, DirectoryMarks marks)
    {
        var said = Find(host) ?? new BentoHostOptions();
        return new HostSettings
        {
            Tags = [.. said.Tags],
            EvaluateOnly = said.EvaluateOnly || marks.HasFlag(DirectoryMarks.EvaluateOnly),
            Delivery = said.Delivery ?? (IsDelivered(host, said) ? Delivery.System : Delivery.Configuration),
            Policy = new HostPolicy
            {
                SelfUpdate = said.SelfUpdate || marks.HasFlag(DirectoryMarks.SelfUpdate),
                Reboot = said.Reboot || marks.HasFlag(DirectoryMarks.Reboot),
                RebootWindow = said.RebootWindow is { } reboots ? TimeWindows.Parse(reboots) : null,
                SwitchWindow = said.SwitchWindow is { } switches ? TimeWindows.Parse(switches) : null,
                HoldBack = said.HoldBack is { IsSaid: true } holdBack
                    ? new HoldBack
                    {
                        WhileLoggedIn = holdBack.WhileLoggedIn,
                        LockFiles = [.. holdBack.LockFiles],
                        AtMost = holdBack.AtMost,
                    }
                    : null,
                Rollback = said.Rollback,
                RetryRolledBack = said.RetryRolledBack,
                ConfirmTimeout = said.ConfirmTimeout,
                HealthChecks = said.HealthChecks.Count == 0 ? [] : [.. said.HealthChecks],
            },
            PublicKey = said.PublicKey is { } key ? SshPublicKey.Parse(key) : null,
            Secrets = said.Secrets.Count == 0
                ? []
                : [.. said.Secrets.Select(secret =>
                    new SecretFile
                    {
                        Path = secret.Key,
                        Owner = secret.Value.Owner,
                        Group = secret.Value.Group,
                        Mode = SecretGrammar.ModeOf(secret.Value.Mode)!.Value,
                    })],
        };
    }

    /// <summary>The error of a selection that includes none of the known hosts.</summary>
    public InvalidFleetException Empty(IReadOnlyCollection<HostName> known) =>
        new([new FleetProblem("selection", $"'{selector}' selects no host. {Hint(selector.ToString(), known)}")]);

    /// <summary>What of the selection matches no host: a slip of the pen must not leave a host out in silence.</summary>
    public IEnumerable<FleetProblem> Unknown(IReadOnlyCollection<HostName> known) => selector.IsAll
        ? []
        : selector.FindUnmatched(known, TagsOf).Select(text => new FleetProblem(
            "selection", $"'{text}' {Complaint(text)}. {Hint(text, known)}"));

    /// <summary>The hosts that <c>bento.json</c> speaks of and that nothing describes.</summary>
    public IEnumerable<string> Undescribed(IReadOnlyCollection<HostName> known) =>
        options.Hosts.Keys.Where(name => known.All(host => host.ToString() != name));

    private static string Complaint(string text) =>
        text.AsSpan().ContainsAny('*', '?') ? "matches no host" : text.StartsWith('@') ? "is not a tag of any host" : "is not a host";

    private string Hint(string text, IReadOnlyCollection<HostName> known)
    {
        var words = text.Split(',', '+').Select(word => word.Trim().TrimStart('!')).ToList();
        var near = known.Select(host => host.ToString())
            .Concat(Tags.Select(tag => "@" + tag))
            .Where(name => words.Any(word => IsNear(word, name)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(MaxHints)
            .ToList();
        var tags = Tags.Take(MaxHints).Select(tag => "@" + tag).ToList();
        return near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?"
            : words.TrueForAll(word => word.StartsWith('@')) ? tags.Count switch
            {
                0 => "No host has a tag.",
                1 => $"There is one tag: {tags[0]}.",
                _ => $"There are tags such as {string.Join(", ", tags)}.",
            }
            : known.Count switch
            {
                0 => "No host is known yet. The first deploy publishes the first releases.",
                1 => $"There is one host: {known.Min()}.",
                _ => $"There are {known.Count} hosts, such as {known.Min()}.",
            };
    }

    private static bool IsNear(string word, string name)
    {
        var bare = word.Trim('@', '*', '?');
        return bare.Length > 0
            && word.StartsWith('@') == name.StartsWith('@')
            && (name.Contains(bare, StringComparison.OrdinalIgnoreCase)
                || EditDistance.Between(name.TrimStart('@'), bare) <= int.Clamp(bare.Length / 2, 1, 3));
    }

    private bool IsDelivered(HostName host, BentoHostOptions said) => options.SystemDelivery is { } selected
        && HostSelector.Parse(selected).Matches(host, said.Tags.AsReadOnly());

    private IReadOnlyList<string> TagsOf(HostName host) => Find(host)?.Tags.AsReadOnly() ?? [];

    private BentoHostOptions? Find(HostName host) => options.Hosts.TryGetValue(host.ToString(), out var found) ? found : null;
}
