using Bento.TestBench.Sshd;

namespace Bento.Machine.Tests;

/// <summary>A Debian machine whose first process is systemd, on a disk of its own whose power can be cut.</summary>
internal abstract class Machine : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The program of Bento, in the machine.</summary>
    public static string Program => "/opt/bento/bento";

    /// <summary>Where the machine finds a server that listens on the loopback of this one.</summary>
    public virtual string ServerAddress => SshdServer.Address;

    /// <summary>Which boot this is.</summary>
    public string BootId => Run("cat", "/proc/sys/kernel/random/boot_id");

    /// <summary>Runs a program in the machine.</summary>
    public abstract (int ExitCode, string Output) Try(params string[] command);

    /// <summary>Writes a file of the machine, with the directories above it.</summary>
    public abstract void Put(string path, byte[] content, UnixFileMode mode);

    /// <summary>Starts it, and waits until systemd has started all that it should.</summary>
    public abstract Task BootAgainAsync();

    /// <summary>Cuts the power, and leaves on the disk what had reached it.</summary>
    public abstract Task CutPowerAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a program in the machine; throws when it fails.</summary>
    public string Run(params string[] command)
    {
        var (exitCode, output) = Try(command);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)}: {exitCode}: {output}");
    }

    /// <summary>Runs a line of the shell in the machine; throws when it fails.</summary>
    public string Sh(string line) => Run("sh", "-c", line);

    /// <summary>Waits until a program in the machine ends with 0.</summary>
    public async Task UntilAsync(TimeSpan limit, params string[] command)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        while (Try(command).ExitCode != 0)
        {
            try
            {
                await Task.Delay(Pause, deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(
                    $"Not within {limit.TotalSeconds:0} seconds: "
                        + $"{string.Join(' ', command)}\n{Try("journalctl", "--no-pager", "-n", "60").Output}");
            }
        }
    }

    /// <summary>Waits until systemd has started all that it should.</summary>
    protected async Task UntilBootedAsync(CancellationToken cancellationToken)
    {
        while (Try("systemctl", "is-system-running", "--wait") is not (_, "running" or "degraded"))
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
