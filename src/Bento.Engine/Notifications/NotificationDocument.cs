using System.Text.Json.Serialization;

namespace Bento.Notifications;

/// <summary>A notification as it is sent.</summary>
internal sealed record NotificationDocument(
    int Schema, string Fleet, DateTimeOffset At, string Text, IReadOnlyList<NotificationDocument.Change> Changes)
{
    internal sealed record Change(
        [property: JsonPropertyName("host")] string Name, string State, string? Before, string Reason, bool NeedsAttention);
}
