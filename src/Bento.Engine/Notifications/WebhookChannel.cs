using System.Net.Http.Headers;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;

namespace Bento.Notifications;

/// <summary>Posts JSON to an address. The address may be the secret of it, so no message names more than its host.</summary>
internal sealed class WebhookChannel(WebhookOptions options, HttpClient http, TimeProvider clock) : INotificationChannel
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private const int MaxSecretBytes = 16 * 1024;

    public string Name => options.Name;

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var address = Address();
        using var limit = new Deadline(Limit, clock, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(NotificationJson.Write(notification)),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (options.TokenFile is { } file)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret(file));
            }

            using var response =
                await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new NotificationException($"{address.Host} answers {(int)response.StatusCode}.");
            }
        }
        catch (HttpRequestException exception)
        {
            throw new NotificationException(
                $"{address.Host} does not answer: {PlainText.OfLine(exception.GetBaseException().Message)}", exception)
            {
                Kind = FailureKind.Unreachable,
            };
        }
        catch (FormatException exception)
        {
            throw new NotificationException($"'{options.TokenFile}' does not hold a token.", exception);
        }
        catch (OperationCanceledException exception) when (limit.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new NotificationException($"{address.Host} does not answer within {Limit.TotalSeconds:0} seconds.", exception)
            {
                Kind = FailureKind.Unreachable,
            };
        }
    }

    private Uri Address() =>
        Uri.TryCreate(options.UrlFile is { } file ? Secret(file) : options.Url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : throw new NotificationException($"'{options.UrlFile ?? "url"}' does not hold an http or https address.");

    private static string Secret(string file)
    {
        try
        {
            return PlainFile.ReadAll(file, MaxSecretBytes) is { } bytes
                ? System.Text.Encoding.UTF8.GetString(bytes).Trim()
                : throw new NotificationException($"'{file}' is missing.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotificationException($"'{file}' cannot be read: {exception.Message}", exception);
        }
    }
}
