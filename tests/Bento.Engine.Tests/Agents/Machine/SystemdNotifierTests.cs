using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Bento.Agents.Machine;
using Bento.TestBench;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Engine.Tests.Agents.Machine;

public sealed class SystemdNotifierTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly FakeTimeProvider _clock = new();
    private readonly StepWatchdog _steps;

    public SystemdNotifierTests() => _steps = new StepWatchdog(_clock);

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
    public void A_watchdog_is_not_fed_while_a_step_takes_longer_than_it_may()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        using var notifier = Create(_directory["notify"], "3600000000");
        _steps.Begin(TimeSpan.FromHours(1));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["WATCHDOG=1", "WATCHDOG=1"], Heard());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(Heard());

        _steps.Begin(TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromHours(1));
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

    [Fact]
    public void A_systemd_that_does_not_listen_is_passed_over_until_it_does()
    {
        using var notifier = Create(_directory["notify"]);

        notifier.Ready();
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        notifier.Status("later");

        Assert.Equal(["STATUS=later"], Heard());
    }

    [Fact]
    public void A_relative_name_is_not_a_socket_of_systemd()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_directory["notify"]));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _directory["notify"]);
        using var notifier = Create(relative, "10000000");

        notifier.Ready();
        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Empty(Heard());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_socket_no_watchdog_is_fed(string? path)
    {
        var timers = new TimerCount();
        using (var notifier = Create(path, "10000000", clock: timers))
        {
            notifier.Ready();
        }

        using (Create(_directory["notify"], "10000000", clock: timers))
        {
            Assert.Equal(1, timers.Created);
        }
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _directory.Dispose();
    }

    private SystemdNotifier Create(string? socket, string? watchdog = null, int? process = null, TimeProvider? clock = null) =>
        SystemdNotifier.Create(
            name => name switch
            {
                "NOTIFY_SOCKET" => socket,
                "WATCHDOG_USEC" => watchdog,
                "WATCHDOG_PID" => (process ?? Environment.ProcessId).ToString(CultureInfo.InvariantCulture),
                _ => null,
            },
            _steps,
            clock ?? _clock);

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

    /// <summary>Counts the timers that are asked for; they never fire.</summary>
    private sealed class TimerCount : TimeProvider
    {
        public int Created { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Created++;
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
