using System.Text.Json;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>The pause on disk, so that no restart ends it.</summary>
internal sealed class PauseFile(string directory)
{
    private const int MaxBytes = 64 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path = Path.Join(directory, "pause.json");

    /// <returns>The pause that holds; null when there is none, or it is over.</returns>
    public AgentPause? Read(DateTimeOffset now)
    {
        var pause = Read();
        return pause?.Until is { } until && now >= until ? null : pause;
    }

    /// <exception cref="AgentException">It cannot be written.</exception>
    public void Write(AgentPause pause) => Change(() =>
    {
        // A host may be paused before its first poll.
        _ = Directory.CreateDirectory(directory, Mode | UnixFileMode.UserExecute);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            new PauseDocument(pause.Since, pause.Reason, pause.Until), ReportJsonContext.Default.PauseDocument);
        DurableFile.Write(_path, bytes, Mode);
    });

    /// <returns>Whether there was one.</returns>
    /// <exception cref="AgentException">It cannot be removed.</exception>
    public bool Remove()
    {
        var isRemoved = false;
        Change(() => isRemoved = DurableFile.Delete(_path));
        return isRemoved;
    }

    /// <summary>Somebody who asked for a pause gets one, whatever became of the file.</summary>
    private AgentPause? Read()
    {
        try
        {
            return PlainFile.ReadAll(_path, MaxBytes) is { } bytes
                && JsonSerializer.Deserialize(bytes, ReportJsonContext.Default.PauseDocument) is { } document
                ? new AgentPause { Since = document.Since, Reason = document.Reason, Until = document.Until }
                : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return new AgentPause
            {
                Since = DateTimeOffset.UnixEpoch,
                Reason = $"'{_path}' cannot be read: {exception.Message}",
                Until = null,
            };
        }
    }

    private void Change(Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"'{_path}' cannot be changed: {exception.Message}", exception)
            {
                NextStep = "Run this as the user that the agent runs as: root, as a rule.",
            };
        }
    }
}
