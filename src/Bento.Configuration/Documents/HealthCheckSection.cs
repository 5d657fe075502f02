using Bento.Protocol;

namespace Bento.Configuration.Documents;

/// <summary>A health check: exactly one of the first three is set.</summary>
internal sealed class HealthCheckSection
{
    public List<string>? Command { get; set; }

    public string? Http { get; set; }

    public string? Unit { get; set; }

    public double TimeoutSeconds { get; set; } = HealthCheck.DefaultTimeout.TotalSeconds;

    /// <returns>The check; null when it is not one of the three, or more than one.</returns>
    public HealthCheck? ToHealthCheck()
    {
        var timeout = SettingTime.Seconds(TimeoutSeconds);
        return this switch
        {
            { Command: { Count: > 0 } command, Http: null, Unit: null } => new HealthCheck.Command(command, timeout),
            { Command: null, Http: { } http, Unit: null } when Uri.TryCreate(http, UriKind.Absolute, out var address) =>
                new HealthCheck.Http(address, timeout),
            { Command: null, Http: null, Unit: { } unit } => new HealthCheck.Unit(unit, timeout),
            _ => null,
        };
    }
}
