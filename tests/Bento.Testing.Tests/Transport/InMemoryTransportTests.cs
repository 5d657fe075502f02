using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Testing.Tests.Transport;

[Covers(typeof(InMemoryTransport))]
public sealed class InMemoryTransportTests : TransportContract
{
    private readonly InMemoryTransport _transport = new();

    [Fact]
    public async Task A_failure_that_was_asked_for_comes_from_every_call_until_it_is_lifted()
    {
        _transport.Failure = TransportFailure.Unreachable;
        await FailsAsync(TransportFailure.Unreachable, () => Transport.ConnectAsync(Token));
        await FailsAsync(TransportFailure.Unreachable, () => WriteAsync("logs/a", "x"));

        _transport.Failure = null;
        await WriteAsync("logs/a", "x");
    }

    [Fact]
    public async Task A_full_server_changes_nothing()
    {
        await WriteAsync("logs/a", "old");
        _transport.CapacityBytes = 4;

        await FailsAsync(TransportFailure.NoSpace, () => WriteAsync("logs/a", "longer"));

        Assert.Equal("old", await ReadAsync("logs/a"));
    }

    protected override Task<ITransport> CreateAsync() => Task.FromResult<ITransport>(_transport);

    protected override Task<ITransport> CreateUnreachableAsync() =>
        Task.FromResult<ITransport>(new InMemoryTransport { Failure = TransportFailure.Unreachable });

    protected override void PlaceLink(string path) => _transport.Server.PutForeign(Host, path);
}
