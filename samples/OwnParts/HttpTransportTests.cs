using Bento.Testing;
using Bento.Testing.Transport;
using Bento.Transport;

namespace OwnParts;

/// <summary>What every transport does, done by this one against a real web server on this machine.</summary>
[Covers(typeof(HttpTransport))]
public sealed class HttpTransportTests : TransportContract
{
    private readonly InMemoryTransport _behind = new();
    private WebApplication? _app;
    private HttpClient? _http;

    protected override TransportLimits Limits => TransportLimits.NoLinks | TransportLimits.NoRanges;

    protected override async Task<ITransport> CreateAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapAreas(await _behind.ConnectAsync(Token));
        await _app.StartAsync(Token);
        _http = new HttpClient { BaseAddress = new Uri($"{_app.Urls.Single()}/") };
        return new HttpTransport(_http);
    }

    protected override Task<ITransport> CreateUnreachableAsync() =>
        Task.FromResult<ITransport>(new HttpTransport(new HttpClient { BaseAddress = new Uri("http://127.0.0.1:9/") }));

    protected override async ValueTask CleanUpAsync()
    {
        _http?.Dispose();
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
