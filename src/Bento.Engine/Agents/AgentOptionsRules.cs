using Bento.Processes;
using Bento.Trust;
using Bento.Validation;

namespace Bento.Agents;

/// <summary>What the options of an agent may be.</summary>
internal sealed class AgentOptionsRules : OptionsRules<AgentOptions>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public override IEnumerable<OptionsProblem> Check(AgentOptions options) =>
    [
        .. NameRules.Host(nameof(options.Host), options.Host),
        .. NameRules.Fleet(nameof(options.Fleet), options.Fleet),
        .. TrustRules.Check(options.Trust).Select(problem => problem.Below(nameof(options.Trust))),
        .. Place(nameof(options.StateDirectory), options.StateDirectory),
        .. OwnerRules.Check(
            nameof(options.SafeDirectories),
            options.SafeDirectories,
            options.ConfigurationFile,
            Path.GetDirectoryName(options.ConfigurationFile),
            options.StateDirectory),
        .. Place(nameof(options.SystemProfile), options.SystemProfile),
        .. Place(nameof(options.CurrentSystem), options.CurrentSystem),
        .. Place(nameof(options.BootedSystem), options.BootedSystem),
        .. Place(nameof(options.BootIdFile), options.BootIdFile),
        .. Place(nameof(options.SecretsDirectory), options.SecretsDirectory),
        .. Place(nameof(options.SecretsIdentityFile), options.SecretsIdentityFile),
        .. Bounds.Between(nameof(options.Interval), options.Interval, 10 * Second, Day),
        .. Bounds.Between(nameof(options.PollInterval), options.PollInterval, Second, Day),
        .. Bounds.Between(nameof(options.BuildTimeout), options.BuildTimeout, Minute, 7 * Day),
        .. Bounds.Between(nameof(options.SwitchTimeout), options.SwitchTimeout, Minute, 7 * Day),
        .. Bounds.Between(nameof(options.SelfUpdateInterval), options.SelfUpdateInterval, Minute, 30 * Day),
        .. Bounds.Between(nameof(options.TransferTimeout), options.TransferTimeout, Second, Day),
        .. Bounds.AtLeast(nameof(options.MaxTreeBytes), options.MaxTreeBytes, 1),
    ];

    private static IEnumerable<OptionsProblem> Place(string property, string path) =>
        [.. Bounds.Required(property, path), .. Bounds.AbsolutePath(property, path)];
}
