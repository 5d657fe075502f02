using System.Globalization;
using System.Runtime.InteropServices;
using Bento.TestBench;

namespace Bento.Benchmarks.Output;

/// <summary>Where and when the numbers were measured.</summary>
internal sealed record Machine(string At, string Description)
{
    public static Machine Read()
    {
        var nix = Shell.Run("nix", "--version").Split(' ')[^1];
        var ssh = Shell.Try("ssh", "-V").Output.Split(',')[0];
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return new Machine(
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"{Environment.ProcessorCount} processors ({RuntimeInformation.OSArchitecture}), Nix {nix}, {ssh}, load {load} before");
    }
}
