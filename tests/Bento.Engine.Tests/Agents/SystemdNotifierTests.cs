using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Bento.Agents;
using Bento.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents;

public sealed class SystemdNotifierTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Systemd_hears_of_a_service_from_start_to_end()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));

        using (var notifier = Create(_directory["notify"]))
        {
            notifier.Ready();
            notifier.Status("two\nlines");
        }

        Assert.Equal(["READY=1", "STATUS=two lines", "STOPPING=1"], Heard());
    }

    [Fact]
    public void A_name_that_begins_with_an_at_sign_is_abstract()
    {
        var name = $"bento-test-{Guid.NewGuid():N}";
        _systemd.Bind(new UnixDomainSocketEndPoint($"\0{name}"));

        Create($"@{name}").Ready();

        Assert.Equal(["READY=1"], Heard());
    }

    [Fact]
    public void A_watchdog_is_fed_twice_as_often_as_it_asks()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        using var notifier = Create(_directory["notify"], "10000000");

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(["WATCHDOG=1", "WATCHDOG=1"], Heard());
    }

    [Fact]
    public void A_watchdog_of_another_process_is_not_fed()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        using var notifier = Create(_directory["notify"], "10000000", process: 1);

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Empty(Heard());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/nowhere/at/all")]
    public void Without_a_socket_that_listens_nothing_happens(string? path)
    {
        using var notifier = Create(path);

        notifier.Ready();
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _directory.Dispose();
    }

    private SystemdNotifier Create(string? socket, string? watchdog = null, int? process = null) => SystemdNotifier.Create(
        name => name switch
        {
            "NOTIFY_SOCKET" => socket,
            "WATCHDOG_USEC" => watchdog,
            "WATCHDOG_PID" => (process ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture),
            _ => null,
        },
        _clock);

    private List<string> Heard()
    {
        var heard = new List<string>();
        var buffer = new byte[1024];
        while (_systemd.Available > 0 || _systemd.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            heard.Add(Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer)));
        }

        return heard;
    }
}
