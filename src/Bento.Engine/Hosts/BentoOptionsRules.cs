using Bento.Processes;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What the options of a fleet may be.</summary>
internal sealed class BentoOptionsRules : OptionsRules<BentoOptions>
{
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3660);

    public override IEnumerable<OptionsProblem> Check(BentoOptions options) =>
    [
        .. Bounds.Required(nameof(options.Directory), options.Directory),
        .. Bounds.AbsolutePath(nameof(options.Directory), options.Directory),
        .. Bounds.AbsolutePath(nameof(options.StateDirectory), options.StateDirectory),
        .. OwnerRules.Check(
            nameof(options.SafeDirectories),
            options.SafeDirectories,
            options.Directory,
            Path.Join(options.Directory, BentoFiles.Settings),
            Path.Join(options.Directory, BentoFiles.BashSettings),
            options.StateDirectory ?? Path.Join(options.Directory, BentoFiles.StateDirectory)),
        .. NameRules.Fleet(nameof(options.Fleet), options.Fleet),
        .. Bounds.AtLeast(nameof(options.Epoch), options.Epoch, 0),
        .. Bounds.Between(nameof(options.ReleaseLifetime), options.ReleaseLifetime, ShortestLifetime, LongestLifetime),
        .. Bounds.Between(nameof(options.KeptAttempts), options.KeptAttempts, 2, 1000),
        .. options.SystemDelivery is { } selected && !HostSelector.TryParse(selected, null, out _)
            ? [new OptionsProblem(nameof(options.SystemDelivery), $"'{PlainText.OfLine(selected)}' does not select hosts.")]
            : Array.Empty<OptionsProblem>(),
        .. options.Bootstrap is { } bootstrap
            ? BootstrapRules.Check(bootstrap).Select(problem => problem.Below(nameof(options.Bootstrap)))
            : [],
        .. options.Rollout is { } rollout
            ? RolloutOptionsRules.Check(rollout).Select(problem => problem.Below(nameof(options.Rollout)))
            : [],
        .. NotifyRules.Check(options.Notify).Select(problem => problem.Below(nameof(options.Notify))),
        .. options.HostSecretsDirectory is { } secrets && (secrets is "" or "." or ".." || secrets.Contains('/', StringComparison.Ordinal))
            ? [new OptionsProblem(nameof(options.HostSecretsDirectory), $"'{PlainText.OfLine(secrets)}' is not the name of a directory.")]
            : Array.Empty<OptionsProblem>(),
        .. options.Share.SelectMany((path, index) => SharedPathRules.Check($"{nameof(options.Share)}[{index}]", path)),
        .. options.Hosts.Where(host => host.Value.Attribute is not null)
            .GroupBy(host => host.Value.Attribute, StringComparer.Ordinal)
            .SelectMany(group => group.Skip(1))
            .Select(host => new OptionsProblem(
                $"{nameof(options.Hosts)}[{host.Key}].{nameof(BentoHostOptions.Attribute)}", "Another host has this attribute.")),
        .. options.Hosts.SelectMany(host =>
            NameRules.Host(string.Empty, host.Key).Concat(HostOptionsRules.Check(host.Value))
                .Select(problem => problem.Below($"{nameof(options.Hosts)}[{host.Key}]"))),
    ];
}
