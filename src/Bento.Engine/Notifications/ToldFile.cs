using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Status;

namespace Bento.Notifications;

/// <summary>What each channel was told, on disk.</summary>
internal sealed class ToldFile(StateDirectories state)
{
    private const int Schema = 1;
    private const int MaxBytes = 16 * 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>The hosts that each channel knows to need somebody; none where nothing was ever told.</returns>
    /// <exception cref="NotificationException">It cannot be read.</exception>
    public Dictionary<string, Dictionary<HostName, HostState>> Read()
    {
        try
        {
            return PlainFile.ReadAll(state.Notified, MaxBytes) is not { } bytes
                ? new(StringComparer.Ordinal)
                : JsonSerializer.Deserialize(bytes, NotificationJsonContext.Default.ToldDocument) is { Schema: Schema } document
                    ? document.Channels.ToDictionary(
                        channel => channel.Key,
                        channel => channel.Value.ToDictionary(host => HostName.Parse(host.Key), host => host.Value),
                        StringComparer.Ordinal)
                    : throw new JsonException($"It is not of schema {Schema}; another version of Bento wrote it.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new NotificationException($"What was told is in '{state.Notified}' and cannot be read: {exception.Message}", exception)
            {
                NextStep = "Remove it: what is wrong now is told once more.",
            };
        }
    }

    /// <exception cref="NotificationException">It cannot be written.</exception>
    public void Write(Dictionary<string, Dictionary<HostName, HostState>> told)
    {
        try
        {
            state.Prepare();
            var document = new ToldDocument(Schema, told.ToDictionary(
                channel => channel.Key,
                channel => channel.Value.ToDictionary(host => host.Key.ToString(), host => host.Value)));
            DurableFile.Write(
                state.Notified,
                JsonSerializer.SerializeToUtf8Bytes(document, NotificationJsonContext.Default.ToldDocument),
                Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NotificationException(
                $"What was told cannot be written down in '{state.Notified}', and would be told again: {exception.Message}", exception);
        }
    }
}
