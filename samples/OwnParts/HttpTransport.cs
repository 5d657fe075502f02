using System.Net;
using System.Runtime.CompilerServices;
using Bento;
using Bento.Publishing;
using Bento.Transport;

namespace OwnParts;

/// <summary>Areas behind a web server: <see cref="AreaServer"/> is the other side.</summary>
/// <param name="http">Has the address of the server, and what it wants to see of a login.</param>
public sealed class HttpTransport(HttpClient http) : ITransport
{
    public async Task<ITransportSession> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var session = new Session(http);

        // Who connects learns here that the server is away or refuses the login, and not in the middle of a deploy.
        _ = await session.ListAreasAsync(cancellationToken);
        return session;
    }

    private sealed class Session(HttpClient http) : ITransportSession
    {
        public IArea OpenArea(HostName host) => new Area(http, host);

        public async Task<IReadOnlyList<HostName>> ListAreasAsync(CancellationToken cancellationToken = default)
        {
            using var response = await HttpCall.SendAsync(http, HttpMethod.Get, "areas", null, cancellationToken);
            return await HttpCall.JsonAsync<List<HostName>>(response, cancellationToken) ?? [];
        }

        public async Task<IAsyncDisposable> LockAsync(string holder, CancellationToken cancellationToken = default)
        {
            // The lock is the open answer: when this process dies, its connection does, and the server frees the lock.
            var id = Guid.NewGuid();
            var response = await HttpCall.SendAsync(
                http, HttpMethod.Post, $"locks/{id}", new StringContent(holder), cancellationToken, HttpStatusCode.Conflict);
            if (response.StatusCode == HttpStatusCode.Conflict)
            {
                using (response)
                {
                    throw new PublishLockedException(await response.Content.ReadAsStringAsync(cancellationToken));
                }
            }

            return new Lock(http, id, response);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Freed by its own name, so that disposing it again frees nobody else's.</summary>
    private sealed class Lock(HttpClient http, Guid id, HttpResponseMessage response) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                using var freed = await HttpCall.SendAsync(http, HttpMethod.Delete, $"locks/{id}", null, CancellationToken.None);
            }
            catch (TransportException)
            {
                // The server frees it with the connection.
            }

            response.Dispose();
        }
    }

    private sealed class Area(HttpClient http, HostName host) : IArea
    {
        public async Task EnsureAsync(CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(HttpMethod.Post, "", null, cancellationToken);
        }

        public async Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(HttpMethod.Get, "/check", null, cancellationToken);
            return await HttpCall.JsonAsync<List<AreaProblem>>(response, cancellationToken) ?? [];
        }

        public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken = default)
        {
            using var content = new MemoryStream();
            return await CopyToAsync(path, content, maxBytes, cancellationToken) ? content.ToArray() : null;
        }

        public async Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(
                HttpMethod.Get, $"/look/{AreaPath.Check(path)}", null, cancellationToken, HttpStatusCode.NotFound);
            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await HttpCall.JsonAsync<AreaEntry>(response, cancellationToken);
        }

        public async Task<bool> CopyToAsync(
            string path, Stream destination, long maxBytes, CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(
                HttpMethod.Get, $"/files/{AreaPath.Check(path)}?max={maxBytes}", null, cancellationToken, HttpStatusCode.NotFound);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }

            await HttpCall.GuardAsync(() => response.Content.CopyToAsync(destination, cancellationToken), cancellationToken);
            return true;
        }

        public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken = default)
        {
            // What the source throws is the caller's affair, and HttpClient would wrap it.
            var source = new WatchedStream(content);
            try
            {
                using var response = await SendAsync(
                    HttpMethod.Put, $"/files/{AreaPath.Check(path)}", new StreamContent(source), cancellationToken);
            }
            catch (TransportException) when (source.Failure is not null)
            {
                source.Failure.Throw();
            }
        }

        public async Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(HttpMethod.Put, $"/directories/{AreaPath.Check(path)}", null, cancellationToken);
        }

        public async Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(HttpMethod.Delete, $"/directories/{AreaPath.Check(path)}", null, cancellationToken);
            return await HttpCall.JsonAsync<bool>(response, cancellationToken);
        }

        public async IAsyncEnumerable<AreaEntry> ListAsync(
            string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var checkedPath = path.Length == 0 ? path : AreaPath.Check(path);
            using var response = await SendAsync(HttpMethod.Get, $"/directories/{checkedPath}", null, cancellationToken);
            foreach (var entry in await HttpCall.JsonAsync<List<AreaEntry>>(response, cancellationToken) ?? [])
            {
                yield return entry;
            }
        }

        public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken = default)
        {
            using var response = await SendAsync(HttpMethod.Delete, $"/files/{AreaPath.Check(path)}", null, cancellationToken);
            return await HttpCall.JsonAsync<bool>(response, cancellationToken);
        }

        private Task<HttpResponseMessage> SendAsync(
            HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, params HttpStatusCode[] expected) =>
            HttpCall.SendAsync(http, method, $"areas/{host}{path}", content, cancellationToken, expected);
    }
}
