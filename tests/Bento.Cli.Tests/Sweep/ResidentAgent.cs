using System.Collections.Concurrent;
using System.Diagnostics;

namespace Bento.Cli.Tests.Sweep;

/// <summary>The agent of a host, which stays; a process whose every line is kept.</summary>
internal sealed class ResidentAgent : IDisposable
{
    private readonly SweepBench _bench;
    private readonly ConcurrentQueue<string> _lines = [];
    private Process _process;

    public ResidentAgent(SweepBench bench, SweepMachine machine)
    {
        _bench = bench;
        Machine = machine;
        _process = Start();
    }

    public SweepMachine Machine { get; }

    /// <summary>What it ever said.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public bool HasExited => _process.HasExited;

    /// <summary>How much memory it has now.</summary>
    public long Bytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <summary>Kills it as the kernel does, and starts it again as systemd does.</summary>
    public async Task KillAndStartAgainAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private Process Start()
    {
        var process = CliProcess.Start(
            CliProcess.Program, ["agent", "run", "--config", Machine.AgentFile], _bench.EnvironmentOf(Machine));
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { } text)
        {
            _lines.Enqueue(text);
        }
    }
}
