using System.Text.Json;
using Bento.Status;

namespace Bento.Notifications;

/// <summary>A notification as JSON (docs/guide/notifications.md). <c>text</c> is what chat servers take as a message.</summary>
internal static class NotificationJson
{
    private const int Schema = 1;

    /// <summary>How many hosts the text names: a message that fills a channel is not read.</summary>
    private const int MaxLines = 10;

    public static byte[] Write(Notification notification) => JsonSerializer.SerializeToUtf8Bytes(
        new NotificationDocument(
            Schema,
            notification.Fleet.ToString(),
            notification.At,
            Text(notification),
            [.. notification.Changes.Select(turn => new NotificationDocument.Change(
                turn.Host.ToString(),
                Word(turn.State),
                turn.Before is { } before ? Word(before) : null,
                turn.Reason,
                turn.NeedsAttention))]),
        NotificationJsonContext.Default.NotificationDocument);

    /// <summary>The same for people: a line that counts, and a line for each of the first hosts.</summary>
    public static string Text(Notification notification)
    {
        var wrong = notification.Changes.Count(turn => turn.NeedsAttention);
        var well = notification.Changes.Count - wrong;
        string[] counts =
        [
            .. wrong > 0 ? [wrong == 1 ? "1 host needs attention" : $"{wrong} hosts need attention"] : Array.Empty<string>(),
            .. well > 0 ? [well == 1 ? "1 host is well again" : $"{well} hosts are well again"] : Array.Empty<string>(),
        ];
        var lines = notification.Changes.Take(MaxLines)
            .Select(turn => $"{turn.Host}: {(turn.NeedsAttention ? turn.Reason : "well again.")}")
            .Prepend($"{notification.Fleet}: {string.Join(", ", counts)}")
            .Concat(notification.Changes.Count > MaxLines ? [$"and {notification.Changes.Count - MaxLines} more"] : Array.Empty<string>());
        return string.Join('\n', lines);
    }

    private static string Word(HostState state) => JsonNamingPolicy.KebabCaseLower.ConvertName($"{state}");
}
