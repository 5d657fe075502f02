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
        .. options.Bootstrap is { } bootstrap
            ? BootstrapRules.Check(bootstrap).Select(problem => problem.Below(nameof(options.Bootstrap)))
            : [],
        .. options.Hosts.SelectMany(host =>
            NameRules.Host(string.Empty, host.Key).Concat(HostOptionsRules.Check(host.Value))
                .Select(problem => problem.Below($"{nameof(options.Hosts)}[{host.Key}]"))),
    ];
}
