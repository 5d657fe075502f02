using System.Globalization;
using System.Text.Json;
using Bento.Files;

namespace Bento.Agents;

/// <summary>The journal on disk, in two copies. One that cannot be read is set aside, never overwritten, and the other one used: the floor does not fall.</summary>
internal sealed class JournalFile(string directory)
{
    private const int MaxBytes = 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string[] _copies = [Path.Join(directory, "journal.json"), Path.Join(directory, "journal.copy.json")];

    /// <returns>The newer of the copies, and what was wrong with the other.</returns>
    /// <exception cref="AgentException">Neither copy can be read: what was accepted before is not known.</exception>
    public (AgentJournal Journal, IReadOnlyList<string> Remarks) Load()
    {
        var remarks = new List<string>();
        var journals = _copies.Select(path => Read(path, remarks)).OfType<AgentJournal>().ToList();
        return journals.Count > 0 || remarks.Count == 0
            ? (journals.MaxBy(journal => journal.Floor) ?? AgentJournal.Empty, remarks)
            : throw new AgentException(
                $"Neither copy of the journal in '{directory}' can be read, so it is not known which releases were accepted. {string.Join(" ", remarks)}")
            {
                NextStep = "Restore one of them, or start a new epoch: docs/protocol.md, \"Epochs\".",
            };
    }

    /// <summary>Makes a journal durable. What it announces may be done when this returns, not before.</summary>
    /// <exception cref="AgentException">It cannot be written.</exception>
    public void Save(AgentJournal journal)
    {
        var bytes = JournalJson.Write(journal);
        try
        {
            foreach (var path in _copies)
            {
                DurableFile.Write(path, bytes, Mode);
            }
        }
        catch (IOException exception)
        {
            throw new AgentException($"The journal cannot be written: {exception.Message}", exception)
            {
                NextStep = $"Make room for '{directory}', or make it writable; until then nothing is changed on this host.",
            };
        }
    }

    private static AgentJournal? Read(string path, List<string> remarks)
    {
        try
        {
            return PlainFile.ReadAll(path, MaxBytes) is { } bytes ? JournalJson.Read(bytes) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            remarks.Add($"'{path}' could not be read ({exception.Message}) and is now '{SetAside(path)}'.");
            return null;
        }
    }

    private static string SetAside(string path)
    {
        for (var n = 1; ; n++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{path}.bad-{n}");
            if (FileStatus.Read(aside) is null)
            {
                DurableFile.Rename(path, aside);
                return aside;
            }
        }
    }
}
