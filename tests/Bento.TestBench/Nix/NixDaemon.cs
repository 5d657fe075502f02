using System.Diagnostics;

namespace Bento.TestBench.Nix;

/// <summary>A running nix-daemon of a private store.</summary>
internal sealed class NixDaemon : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private NixDaemon(Process process) => _process = process;

    /// <summary>Starts a daemon, and returns when it listens.</summary>
    /// <param name="environment">What makes it serve the private store.</param>
    /// <param name="socket">Where it will listen.</param>
    /// <returns>The daemon.</returns>
    public static NixDaemon Start(IReadOnlyDictionary<string, string?> environment, string socket)
    {
        var start = new ProcessStartInfo("nix-daemon") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();

        // Nobody tells when a daemon listens: its socket appears.
        if (!SpinWait.SpinUntil(() => File.Exists(socket) || process.HasExited, Patience) || process.HasExited)
        {
            throw new InvalidOperationException($"nix-daemon does not listen at {socket}.");
        }

        return new NixDaemon(process);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
