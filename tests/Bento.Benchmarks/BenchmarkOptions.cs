using System.Globalization;

namespace Bento.Benchmarks;

/// <summary>How large a benchmark is: <c>--hosts 10000 --rounds 7</c>.</summary>
internal sealed record BenchmarkOptions(int? Hosts, int Rounds)
{
    private const int DefaultRounds = 7;

    public static BenchmarkOptions Parse(string[] arguments) =>
        new(Number(arguments, "--hosts"), Number(arguments, "--rounds") ?? DefaultRounds);

    private static int? Number(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is var index and >= 0 && index + 1 < arguments.Length
            ? int.Parse(arguments[index + 1], CultureInfo.InvariantCulture)
            : null;
}
