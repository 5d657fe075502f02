using System.Text;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>What a user of a long line pays: round trips, counted on a link that is so slow that they cannot be mistaken.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private static readonly HostName Host = HostName.Parse("lab");

    private SshdServer _server = null!;
    private SlowLink _link = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SshdServer.StartAsync();
        _link = new SlowLink(_server.Port, TimeSpan.FromMilliseconds(400));
    }

    public async ValueTask DisposeAsync()
    {
        _link.Dispose();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_look_is_one_a_read_and_a_write_are_at_most_three_and_a_login_is_eight()
    {
        await using var near = await SftpTransports.Publisher(_server).ConnectAsync(Token);
        await near.OpenArea(Host).EnsureAsync(Token);
        await WriteAsync(near.OpenArea(Host), "release.json");
        await using var session = await SftpTransports.Publisher(_server, options => options.Port = _link.Port).ConnectAsync(Token);
        var area = session.OpenArea(Host);

        // Connecting, greetings, keys, the service, "none", the login, the channel, the subsystem; the first packet of SFTP goes out with
        // the first look.
        _ = await area.LookAsync("release.json", Token);
        Assert.InRange(_link.RoundTrips, 8, 10);
        Assert.Equal(1, await CountAsync(1, () => area.LookAsync("release.json", Token)));
        Assert.InRange(await CountAsync(3, () => area.ReadAsync("release.json", 64 * 1024, Token)), 1, 3);
        Assert.InRange(await CountAsync(3, () => WriteAsync(area, "release.json")), 1, 3);
        Assert.InRange(
            await CountAsync(3, () => Task.WhenAll(area.ReadAsync("release.json", 64 * 1024, Token), WriteAsync(area, "logs/beat.json"))),
            1,
            3);
    }

    [Fact(Timeout = 120_000)]
    public async Task Many_files_take_no_more_than_one_and_a_long_one_little_more()
    {
        await using var session = await SftpTransports.Publisher(_server, options => options.Port = _link.Port).ConnectAsync(Token);
        var area = session.OpenArea(Host);
        await area.EnsureAsync(Token);

        Assert.InRange(
            await CountAsync(3, () => Task.WhenAll(Enumerable.Range(0, 40).Select(number => WriteAsync(area, $"content/{number}")))), 1, 4);
        Assert.InRange(await CountAsync(
            3, () => Task.WhenAll(Enumerable.Range(0, 40).Select(number => area.ReadAsync($"content/{number}", 100, Token)))), 1, 4);
        Assert.InRange(await CountAsync(5, () => area.WriteAsync("content/long", new MemoryStream(new byte[1_500_000]), Token)), 1, 5);
        Assert.InRange(await CountAsync(5, () => area.CopyToAsync("content/long", Stream.Null, 2_000_000, Token)), 1, 5);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_tree_is_removed_in_a_few_round_trips_for_each_level()
    {
        var tree = Path.Combine(_server.AreasDirectory, "lab/config");
        for (var number = 0; number < 600; number++)
        {
            Directory.CreateDirectory($"{tree}/d{number % 60}");
            await File.WriteAllTextAsync($"{tree}/d{number % 60}/{number}", "x", Token);
        }

        await using var session = await SftpTransports.Publisher(_server, options => options.Port = _link.Port).ConnectAsync(Token);

        Assert.InRange(await CountAsync(12, () => session.OpenArea(Host).RemoveDirectoryAsync("config", Token)), 1, 12);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_server.AreasDirectory, "lab")));
    }

    private static Task WriteAsync(IArea area, string path) =>
        area.WriteAsync(path, new MemoryStream(Encoding.UTF8.GetBytes("text")), Token);

    /// <summary>
    /// Counts; again where it was more than it should be, because a machine that is busy makes pauses between what goes out together. It
    /// makes what follows at once look like one, too, so only too many are a fault.
    /// </summary>
    private async Task<int> CountAsync(int most, Func<Task> action)
    {
        var least = int.MaxValue;
        for (var attempt = 0; attempt < 3 && least > most; attempt++)
        {
            var before = _link.RoundTrips;
            await action();
            least = int.Min(least, _link.RoundTrips - before);
        }

        return least;
    }
}
