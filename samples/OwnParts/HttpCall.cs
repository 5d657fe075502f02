using System.Net;
using System.Text.Json;
using Bento.Transport;

namespace OwnParts;

/// <summary>One request, and the exceptions that Bento knows: its retries ask them whether it may work later.</summary>
internal static class HttpCall
{
    /// <summary>The header in which the server says what is the matter.</summary>
    public const string FailureHeader = "Area-Failure";

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        HttpContent? content,
        CancellationToken cancellationToken,
        params HttpStatusCode[] expected)
    {
        HttpResponseMessage? response = null;
        await GuardAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(method, path) { Content = content };
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            },
            cancellationToken);
        if (response!.IsSuccessStatusCode || expected.Contains(response.StatusCode))
        {
            return response;
        }

        using (response)
        {
            var said = response.Headers.TryGetValues(FailureHeader, out var names) ? names.Single() : null;
            throw new TransportException(
                Enum.TryParse<TransportFailure>(said, out var failure) ? failure : OfStatus(response.StatusCode),
                $"The server answers {(int)response.StatusCode} to {method} {path}: {await TextAsync(response, cancellationToken)}");
        }
    }

    public static async Task<T?> JsonAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        T? value = default;
        try
        {
            await GuardAsync(
                async () => value = await response.Content.ReadFromJsonAsync<T>(cancellationToken), cancellationToken);
            return value;
        }
        catch (JsonException exception)
        {
            throw new TransportException(TransportFailure.Other, "The server answers with something else than JSON.", exception);
        }
    }

    /// <summary>A cancellation stays one; whatever else breaks a connection is a server that cannot be reached now.</summary>
    public static async Task GuardAsync(Func<Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or TimeoutException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(TransportFailure.Unreachable, $"The server cannot be reached: {exception.Message}", exception);
        }
        catch (HttpRequestException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static TransportFailure OfStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => TransportFailure.LoginRefused,
        HttpStatusCode.Forbidden => TransportFailure.Denied,
        HttpStatusCode.InsufficientStorage => TransportFailure.NoSpace,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => TransportFailure.Unreachable,
        _ => TransportFailure.Other,
    };

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return text[..Math.Min(text.Length, 200)];
    }
}
