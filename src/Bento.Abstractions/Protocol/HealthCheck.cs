using System.Text.Json.Serialization;

namespace Bento.Protocol;

/// <summary>Something that must hold on a host after a switch. A closed hierarchy: the nested records are all there are.</summary>
/// <remarks>Immutable.</remarks>
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(Http), "http")]
[JsonDerivedType(typeof(Unit), "unit")]
public abstract record HealthCheck
{
    /// <summary>How long one try may take where nothing is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private HealthCheck(TimeSpan timeout) => Timeout = timeout;

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>A program that must exit with 0.</summary>
    /// <param name="Arguments">The program and its arguments; never given to a shell.</param>
    /// <param name="Timeout">How long one try may take.</param>
    public sealed record Command(IReadOnlyList<string> Arguments, TimeSpan Timeout) : HealthCheck(Timeout)
    {
        /// <summary>The program and its arguments; never given to a shell.</summary>
        public IReadOnlyList<string> Arguments { get; init => field = ValueList.Of(value); } = ValueList.Of(Arguments);
    }

    /// <summary>An address that must answer with a status from 200 to 299.</summary>
    /// <param name="Address">An absolute http or https address.</param>
    /// <param name="Timeout">How long one try may take.</param>
    public sealed record Http(Uri Address, TimeSpan Timeout) : HealthCheck(Timeout);

    /// <summary>A systemd unit that must be active.</summary>
    /// <param name="Name">The unit with its suffix, <c>sshd.service</c>.</param>
    /// <param name="Timeout">How long one try may take.</param>
    public sealed record Unit(string Name, TimeSpan Timeout) : HealthCheck(Timeout);
}
