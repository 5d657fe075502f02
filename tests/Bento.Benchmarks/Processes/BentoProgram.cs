namespace Bento.Benchmarks.Processes;

/// <summary>The native program, as bench.sh publishes it.</summary>
internal static class BentoProgram
{
    private const string Variable = "TESTED_BENTO";

    public static string FullPath { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given && File.Exists(given)
        ? Path.GetFullPath(given)
        : throw new InvalidOperationException($"${Variable} must name the program that is measured: ./bench.sh does it.");
}
