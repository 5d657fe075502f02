using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Agents;

/// <summary>What the options of an agent may be; every problem at once.</summary>
internal sealed class AgentOptionsRules : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        var problems = new List<string>();
        if (!HostName.TryParse(options.Host, out _))
        {
            problems.Add($"host: '{options.Host}' cannot be the name of a host. Name this machine as its configuration does.");
        }

        if (!FleetName.TryParse(options.Fleet, null, out _))
        {
            problems.Add($"fleet: '{options.Fleet}' is not a name of letters, digits, '_', '-' and '.'.");
        }

        problems.AddRange(TrustRules.Problems(options.Trust));
        (string Name, string Path)[] paths =
        [
            ("stateDirectory", options.StateDirectory), ("systemProfile", options.SystemProfile),
            ("currentSystem", options.CurrentSystem), ("bootedSystem", options.BootedSystem), ("bootIdFile", options.BootIdFile),
            ("secrets.directory", options.SecretsDirectory), ("secrets.identityFile", options.SecretsIdentityFile),
        ];
        problems.AddRange(paths.Where(path => !Path.IsPathFullyQualified(path.Path))
            .Select(path => $"{path.Name}: '{path.Path}' is not an absolute path."));

        if (options.Interval < TimeSpan.FromSeconds(10) || options.Interval > TimeSpan.FromDays(1))
        {
            problems.Add($"interval: {options.Interval} is not between 10 seconds and one day.");
        }

        if (options.PollInterval < TimeSpan.FromSeconds(1) || options.PollInterval > TimeSpan.FromDays(1))
        {
            problems.Add($"pollInterval: {options.PollInterval} is not between one second and one day.");
        }

        if (options.BuildTimeout < TimeSpan.FromMinutes(1) || options.BuildTimeout > TimeSpan.FromDays(7))
        {
            problems.Add($"buildTimeout: {options.BuildTimeout} is not between one minute and 7 days.");
        }

        if (options.SwitchTimeout < TimeSpan.FromMinutes(1) || options.SwitchTimeout > TimeSpan.FromDays(7))
        {
            problems.Add($"switchTimeout: {options.SwitchTimeout} is not between one minute and 7 days.");
        }

        if (options.SelfUpdateInterval < TimeSpan.FromMinutes(1) || options.SelfUpdateInterval > TimeSpan.FromDays(30))
        {
            problems.Add($"selfUpdateInterval: {options.SelfUpdateInterval} is not between one minute and 30 days.");
        }

        if (options.TransferTimeout < TimeSpan.FromSeconds(1) || options.TransferTimeout > TimeSpan.FromDays(1))
        {
            problems.Add($"transferTimeout: {options.TransferTimeout} is not between one second and one day.");
        }

        if (options.MaxTreeBytes <= 0)
        {
            problems.Add($"maxTreeBytes: {options.MaxTreeBytes} is not above zero.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
