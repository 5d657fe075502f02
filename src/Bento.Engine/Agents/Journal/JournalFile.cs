using System.Text.Json;
using Bento.Files;

namespace Bento.Agents.Journal;

/// <summary>
/// The journal on disk, in two copies. One that cannot be read is set aside, never overwritten, and the other one used: the floor does not
/// fall.
/// </summary>
internal sealed class JournalFile(string directory)
{
    private const int MaxBytes = 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string[] _copies = [Path.Join(directory, "journal.json"), Path.Join(directory, "journal.copy.json")];

    /// <summary>Reads it. A copy that is damaged is set aside, one that is missing made anew: the next damage must find two.</summary>
    /// <returns>The newer of the copies.</returns>
    /// <exception cref="AgentException">Neither copy can be read: what was accepted before is not known.</exception>
    public AgentJournal Load()
    {
        var copies = _copies.Select(path => (Path: path, Copy: Read(path))).ToList();
        var journals = copies.Select(copy => copy.Copy.Journal).OfType<AgentJournal>().ToList();
        if (journals.MaxBy(journal => journal.Floor) is not { } newest)
        {
            // Without a good copy the damaged ones stay where they are: taken away, the next run would find no journal and no floor.
            return copies.TrueForAll(copy => copy.Copy.Damage is null)
                ? AgentJournal.Empty
                : throw new AgentException(
                    $"No copy of the journal in '{directory}' can be read, so it is not known which releases were accepted: "
                        + $"{string.Join(" ", copies.Select(copy => copy.Copy.Damage).OfType<string>())}")
                {
                    NextStep =
                        "Restore journal.json from a backup. Only if there is none, and you know that the server is yours: remove both "
                            + "copies; the next release is then taken whatever its number.",
                };
        }

        if (journals.Count < copies.Count)
        {
            Restore(copies.Where(copy => copy.Copy.Damage is not null).Select(copy => copy.Path), newest);
        }

        return newest;
    }

    /// <summary>The newer of the copies, for whoever only looks: sets nothing aside.</summary>
    /// <exception cref="AgentException">Neither copy can be read.</exception>
    public AgentJournal Peek()
    {
        var copies = _copies.Select(Read).ToList();
        return copies.Select(copy => copy.Journal).OfType<AgentJournal>().MaxBy(journal => journal.Floor)
            ?? (copies.Find(copy => copy.Damage is not null).Damage is { } damage
                ? throw new AgentException($"The journal in '{directory}' cannot be read: {damage}")
                {
                    NextStep = "Run this as the user that the agent runs as: root, as a rule.",
                }
                : AgentJournal.Empty);
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
                NextStep = $"Make room for '{directory}', or make it writable; until then nothing new is begun on this host.",
            };
        }
    }

    private void Restore(IEnumerable<string> damaged, AgentJournal journal)
    {
        try
        {
            foreach (var path in damaged)
            {
                _ = DurableFile.SetAside(path);
            }

            Save(journal);
        }
        catch (Exception exception) when (exception is IOException or AgentException)
        {
            // A disk that does not take it says so as soon as something is begun; what was begun needs no second copy to be undone.
        }
    }

    private static (AgentJournal? Journal, string? Damage) Read(string path)
    {
        try
        {
            return (PlainFile.ReadAll(path, MaxBytes) is { } bytes ? JournalJson.Read(bytes) : null, null);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return (null, exception.Message);
        }
    }
}
