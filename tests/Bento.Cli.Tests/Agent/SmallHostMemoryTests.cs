using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Agent;

/// <summary>The agent and its Nix on a machine of 512 MB, which has another Nix than the server.</summary>
public sealed class SmallHostMemoryTests : IDisposable
{
    private const long MachineBytes = 512 << 20;
    private const int Megabytes = 300;

    private readonly SmallHostProcesses _host = new();

    public SmallHostMemoryTests() => Assert.SkipWhen(MemoryCeiling.WhyNot is not null, MemoryCeiling.WhyNot ?? string.Empty);

    public void Dispose() => _host.Dispose();

    [Theory(Timeout = 240_000)]
    [InlineData(null)]
    [InlineData("2.26")]
    [InlineData("2.34")]
    public async Task A_host_with_half_a_gigabyte_gets_a_system_that_would_not_fit_into_its_memory(string? version)
    {
        var programs = version is null ? null : OtherNix.Find(version);
        Assert.SkipWhen(version is not null && programs is null, $"eng/nix.sh {version} has not been run");
        using var memory = new MemoryCeiling(MachineBytes);
        await _host.PublishAsync("1", Megabytes);
        var environment = _host.Environment;
        environment["PATH"] = $"{(programs is null ? string.Empty : programs + ":")}{Environment.GetEnvironmentVariable("PATH")}";

        var run = await CliProcess.RunAsync(
            memory.Enter[0], [.. memory.Enter.Skip(1), CliProcess.Program, "agent", "once", "--config", _host.Configuration], environment);

        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Assert.EndsWith("-web-1", _host.Running, StringComparison.Ordinal);
        Assert.Equal(0, memory.Killed);
    }
}
