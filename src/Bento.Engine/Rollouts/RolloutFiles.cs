using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Rollouts;

/// <summary>
/// A rollout on disk. Who publishes writes one file, an operator who pauses or aborts another one: neither waits for the other, and a stop
/// of the rollout itself never overwrites what an operator said.
/// </summary>
internal sealed class RolloutFiles(StateDirectories state)
{
    private const int Schema = 1;
    private const int MaxBytes = 64 * 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _state = Path.Join(state.Rollout, "rollout.json");
    private readonly string _hold = Path.Join(state.Rollout, "hold.json");

    /// <returns>The rollout; null when there was none.</returns>
    /// <exception cref="RolloutException">It cannot be read.</exception>
    public RolloutState? Read() => Read(_state, RolloutJsonContext.Default.RolloutDocumentRolloutState);

    /// <exception cref="RolloutException">It cannot be written.</exception>
    public void Write(RolloutState rollout) => Write(_state, rollout, RolloutJsonContext.Default.RolloutDocumentRolloutState);

    /// <returns>What an operator said about a rollout; null for nothing.</returns>
    /// <exception cref="RolloutException">It cannot be read.</exception>
    public RolloutHold? ReadHold(RolloutState rollout) =>
        Read(_hold, RolloutJsonContext.Default.RolloutDocumentHoldEntry) is { } entry && entry.Rollout == rollout.Id ? entry.Hold : null;

    /// <exception cref="RolloutException">It cannot be written.</exception>
    public void WriteHold(RolloutState rollout, RolloutHold hold) =>
        Write(_hold, new HoldEntry(rollout.Id, hold), RolloutJsonContext.Default.RolloutDocumentHoldEntry);

    /// <exception cref="RolloutException">It cannot be removed.</exception>
    public void RemoveHold()
    {
        try
        {
            _ = DurableFile.Delete(_hold);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RolloutException($"'{_hold}' cannot be removed: {exception.Message}", exception);
        }
    }

    private static T? Read<T>(string path, JsonTypeInfo<RolloutDocument<T>> type)
        where T : class
    {
        try
        {
            if (PlainFile.ReadAll(path, MaxBytes) is not { } bytes)
            {
                return null;
            }

            using (var document = JsonDocument.Parse(bytes))
            {
                if (!document.RootElement.TryGetProperty("schema", out var schema)
                    || !schema.TryGetInt32(out var number)
                    || number != Schema)
                {
                    throw new JsonException($"It is not of schema {Schema}; another version of Bento wrote it.");
                }
            }

            SelfDigest.Check(bytes);
            return StrictJson.Read(bytes, type).Content;
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new RolloutException($"The rollout in '{path}' cannot be read: {exception.Message}", exception)
            {
                NextStep = "Find out what damaged it. To give the rollout up, where hosts keep what they have, remove the directory "
                    + $"'{Path.GetDirectoryName(path)}'.",
            };
        }
    }

    private void Write<T>(string path, T content, JsonTypeInfo<RolloutDocument<T>> type)
    {
        try
        {
            state.Prepare();
            _ = Directory.CreateDirectory(state.Rollout, Mode | UnixFileMode.UserExecute);
            DurableFile.Write(
                path,
                SelfDigest.Seal(JsonSerializer.SerializeToUtf8Bytes(new RolloutDocument<T>(Schema, content), type)),
                Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RolloutException($"The rollout cannot be kept in '{path}': {exception.Message}", exception);
        }
    }
}
