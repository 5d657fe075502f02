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

    private SystemdNotifier(UnixDomainSocketEndPoint? address, TimeSpan? watchdog, TimeProvider clock)
    {
        _address = address;

        // Twice as often as asked, as sd_watchdog_enabled(3) advises.
        _watchdog = address is not null && watchdog is { } limit
            ? clock.CreateTimer(_ => Send("WATCHDOG=1"), null, limit / 2, limit / 2)
            : null;
    }

    public static SystemdNotifier Create(Func<string, string?> variable, TimeProvider clock)
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
        return new SystemdNotifier(path is null ? null : new UnixDomainSocketEndPoint(path), watchdog, clock);
    }

    public void Ready() => Send("READY=1");

    public void Status(string text) => Send($"STATUS={text.ReplaceLineEndings(" ")}");

    /// <summary>Says that the service stops.</summary>
    public void Dispose()
    {
        _watchdog?.Dispose();
        Send("STOPPING=1");
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
