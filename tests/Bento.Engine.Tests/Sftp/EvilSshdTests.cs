using System.Diagnostics;
using Bento.Engine.Tests.Files;
using Bento.TestBench;
using Bento.TestBench.Sshd;
using Bento.Transport;

namespace Bento.Engine.Tests.Sftp;

/// <summary>The same as <see cref="EvilServerTests"/>, behind a real sshd: what SSH.NET and the channel add to it.</summary>
[Collection(nameof(EvilServerMemoryTests))]
public sealed class EvilSshdTests : IAsyncLifetime
{
    private static readonly HostName Host = HostName.Parse("web");

    private readonly TempDirectory _directory = new();
    private SshdServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await SshdServer.StartAsync();
        var text = await File.ReadAllTextAsync(_server.ConfigurationFile, Token);
        await File.WriteAllTextAsync(
            _server.ConfigurationFile,
            text.Replace("internal-sftp", $"{Probe.Command} evil-sftp {_directory["mode"]}", StringComparison.Ordinal),
            Token);
        await _server.StopAsync();
        await _server.StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("honest", null)]
    [InlineData("version-2", TransportFailure.Other)]
    [InlineData("end-at-once", TransportFailure.Unreachable)]
    [InlineData("flood-from-the-start", TransportFailure.Other)]
    [InlineData("length-1-gib-and-all-of-it", TransportFailure.Other)]
    [InlineData("data-without-end", TransportFailure.Stalled)]
    [InlineData("silent-from-the-first-open", TransportFailure.Stalled)]
    public async Task T2_an_evil_server_behind_sshd_costs_a_failure_and_nothing_else(string mode, TransportFailure? failure)
    {
        _directory.WriteFile("mode", mode);
        var clock = Stopwatch.StartNew();
        var before = Environment.WorkingSet;

        var exception = await Record.ExceptionAsync(async () =>
        {
            await using var session = await SftpTransports.Publisher(_server, options => options.OperationTimeout = TimeSpan.FromSeconds(5))
                .ConnectAsync(Token);
            _ = await session.OpenArea(Host).ReadAsync("release.json", 64 * 1024, Token);
        });

        Assert.Equal(failure, (exception as TransportException)?.Failure);
        Assert.True(exception is null or TransportException, exception?.ToString());
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        // Of the whole process, in which other tests run: EvilServerMemoryTests measures closely, and this would see a client that buffers.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 800_000_000);
    }
}
