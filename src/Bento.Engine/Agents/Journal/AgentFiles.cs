using Bento.Agents.Machine;
using Bento.Files;
using Microsoft.Extensions.Options;

namespace Bento.Agents.Journal;

/// <summary>What an agent keeps in its state directory. The truth about the host is here, never in what a process remembers.</summary>
internal sealed class AgentFiles(IOptions<AgentOptions> options)
{
    private const int MaxRemarks = 3;

    /// <summary>More than fits into what a file system keeps beside the blocks of files.</summary>
    private static readonly byte[] Probe = new byte[4096];

    private readonly string _directory = options.Value.StateDirectory;

    /// <summary>Whether something had to be said, also where the disk does not take it.</summary>
    private bool _isLoud;

    public JournalFile Journal { get; } = new(options.Value.StateDirectory);

    public ReportSpool Spool { get; } = new(Path.Join(options.Value.StateDirectory, "spool"));

    public PreviousSystemRoot WayBack { get; } = new(options.Value.StateDirectory);

    /// <summary>What could not be read and was set aside, one sentence each, for as long as it lies there.</summary>
    public IReadOnlyList<string> SetAside
    {
        get
        {
            try
            {
                return [.. new[] { _directory, Path.Join(_directory, "secrets") }.Where(Directory.Exists)
                    .SelectMany(directory => Directory.EnumerateFiles(directory, "*.bad-*")).Order(StringComparer.Ordinal)
                    .Take(MaxRemarks).Select(path => $"'{path}' could not be read and was set aside. Look at it, then remove it.")];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    public PauseFile Pause { get; } = new(options.Value.StateDirectory);

    /// <summary>Whether the last heartbeat had nothing to say but that the host is well.</summary>
    public bool IsQuiet
    {
        get => !_isLoud && File.Exists(QuietMark);
        set
        {
            _isLoud = !value;
            try
            {
                // Seldom: only when it changes.
                if (value && !IsQuiet)
                {
                    File.WriteAllBytes(QuietMark, []);
                }
                else if (!value)
                {
                    File.Delete(QuietMark);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It only spares round trips.
            }
        }
    }

    /// <summary>
    /// Why the state directory takes no new file, and what to do; null when it takes one. Without, no release can be begun, and a host that
    /// has nothing to do would only find out when it must.
    /// </summary>
    public string? FindObstacle()
    {
        var path = Path.Join(_directory, "probe");
        try
        {
            File.WriteAllBytes(path, Probe);
            File.Delete(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The state directory '{_directory}' takes no new file: {exception.Message} Make room there, or make it writable; "
            + "until then "
                + "the host takes no release.";
        }
    }

    private string QuietMark => Path.Join(_directory, "quiet");

    /// <summary>Excludes other agents on this host; null with the name of the one that works.</summary>
    /// <exception cref="AgentException">The state directory cannot be used.</exception>
    public FileLock? Lock(string holder, out string? heldBy)
    {
        try
        {
            _ = Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return FileLock.TryAcquire(Path.Join(_directory, "agent.lock"), holder, out heldBy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"The state directory '{_directory}' cannot be used: {exception.Message}", exception)
            {
                NextStep = "Make it writable for the user that the agent runs as (root, as a rule), or set another state directory.",
            };
        }
    }

    /// <summary>Who has the lock; null when nobody has. Takes nothing.</summary>
    public string? FindWorker() => FileLock.FindHolder(Path.Join(_directory, "agent.lock"));

    /// <summary>Removes what a killed agent left half written; call it with the lock.</summary>
    public void RemoveLeftovers()
    {
        Spool.RemoveLeftovers();
        DurableTree.RemoveTemporaries(_directory);
    }
}
