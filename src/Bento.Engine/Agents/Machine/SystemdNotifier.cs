using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Bento.Agents.Machine;

/// <summary>
/// Tells systemd how a service is, as sd_notify(3) does: a datagram to the socket that the environment names. Does nothing where there is
/// none.
/// </summary>
internal sealed class SystemdNotifier : IDisposable
{
    private const string SocketVariable = "NOTIFY_SOCKET";
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private const string WatchdogProcessVariable = "WATCHDOG_PID";

    private readonly UnixDomainSocketEndPoint? _address;
    private readonly ITimer? _watchdog;

    private SystemdNotifier(UnixDomainSocketEndPoint? address, TimeSpan? watchdog, StepWatchdog steps, TimeProvider clock)
    {
        _address = address;

        // Twice as often as asked, as sd_watchdog_enabled(3) advises; and only while the agent gets on: a timer alone would say so of one
        // that hangs.
        _watchdog = address is not null && watchdog is { } limit
            ? clock.CreateTimer(_ => Feed(steps), null, limit / 2, limit / 2)
            : null;
    }

    /// <summary>The one of this process; what it starts has nothing to tell systemd about it.</summary>
    public static SystemdNotifier OfProcess(StepWatchdog steps, TimeProvider clock)
    {
        var notifier = Create(Environment.GetEnvironmentVariable, steps, clock);
        foreach (var name in new[] { SocketVariable, WatchdogVariable, WatchdogProcessVariable })
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        return notifier;
    }

    /// <param name="variable">The environment.</param>
    /// <param name="steps">Whether the agent gets on.</param>
    /// <param name="clock">Measures the watchdog.</param>
    public static SystemdNotifier Create(Func<string, string?> variable, StepWatchdog steps, TimeProvider clock)
    {
        // A name that begins with @ is abstract: the kernel wants a zero there.
        var path = variable(SocketVariable) switch
        {
            ['/', ..] name => name,
            ['@', .. var name] => $"\0{name}",
            _ => null,
        };
        var isOurs = variable(WatchdogProcessVariable) is not { Length: > 0 } process
            || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = isOurs
            && long.TryParse(variable(WatchdogVariable), CultureInfo.InvariantCulture, out var microseconds)
            && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
        return new SystemdNotifier(path is null ? null : new UnixDomainSocketEndPoint(path), watchdog, steps, clock);
    }

    /// <summary>Whether systemd wants to know.</summary>
    public bool IsHeard => _address is not null;

    public void Ready() => Send("READY=1");

    public void Status(string text) => Send($"STATUS={text.ReplaceLineEndings(" ")}");

    /// <summary>Says that the service stops.</summary>
    public void Dispose()
    {
        _watchdog?.Dispose();
        Send("STOPPING=1");
    }

    private void Feed(StepWatchdog steps)
    {
        if (!steps.IsOverdue)
        {
            Send("WATCHDOG=1");
        }
    }

    private void Send(string state)
    {
        if (_address is null)
        {
            return;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            _ = socket.SendTo(Encoding.UTF8.GetBytes(state), _address);
        }
        catch (SocketException)
        {
            // An agent works on without a systemd that listens.
        }
    }
}
