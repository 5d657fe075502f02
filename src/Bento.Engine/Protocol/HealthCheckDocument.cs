namespace Bento.Protocol;

/// <summary>A health check as it is written: exactly one of the first three is set.</summary>
internal sealed record HealthCheckDocument(IReadOnlyList<string>? Command, string? Http, string? Unit, long TimeoutSeconds)
{
    public static HealthCheckDocument From(HealthCheck check)
    {
        var timeout = (long)check.Timeout.TotalSeconds;
        return check switch
        {
            HealthCheck.Command command => new(command.Arguments, null, null, timeout),
            HealthCheck.Http http => new(null, http.Address is { IsAbsoluteUri: true } address ? address.AbsoluteUri : null, null, timeout),
            HealthCheck.Unit unit => new(null, null, unit.Name, timeout),
            _ => throw new ArgumentException("Unknown kind of health check.", nameof(check)),
        };
    }

    /// <exception cref="FormatException">It is none of the three, or more than one.</exception>
    public HealthCheck ToHealthCheck()
    {
        var timeout = TimeoutSeconds is > 0 and <= 3600
            ? TimeSpan.FromSeconds(TimeoutSeconds)
            : throw new FormatException("The time limit of a health check is not between 1 second and 1 hour.");
        return this switch
        {
            { Command.Count: > 0, Http: null, Unit: null } when !Command.Contains(null!) => new HealthCheck.Command(Command, timeout),
            { Command: null, Http: { } http, Unit: null } when Uri.TryCreate(http, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https" => new HealthCheck.Http(address, timeout),
            { Command: null, Http: null, Unit.Length: > 0 } => new HealthCheck.Unit(Unit, timeout),
            _ => throw new FormatException("A health check is a command, an http(s) address or a unit."),
        };
    }
}
