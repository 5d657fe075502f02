namespace Bento.Cli.Tests.Sweep;

/// <summary>At which calls a program is killed: a few in every run, all of them where <c>BENTO_SWEEP</c> is <c>whole</c>.</summary>
internal static class KillSweep
{
    /// <param name="all">The calls that there are.</param>
    /// <param name="usual">How many of them in every run, of all kinds alike.</param>
    public static IReadOnlyList<(string Call, int N)> Choose(IReadOnlyList<(string Call, int N)> all, int usual)
    {
        var step = Environment.GetEnvironmentVariable("BENTO_SWEEP") == "whole" ? 1 : int.Max(1, all.Count / usual);
        return [.. all.Where((_, i) => i % step == step / 2)];
    }
}
