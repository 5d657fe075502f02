using System.Globalization;

namespace Bento.TestBench;

/// <summary>How long tests look for what nobody thought of: a moment in every run, longer with <c>./test.sh --fuzz</c>.</summary>
public static class Fuzz
{
    private static readonly int? Asked = int.TryParse(
        Environment.GetEnvironmentVariable("BENTO_FUZZ_ROUNDS"),
        CultureInfo.InvariantCulture,
        out var rounds) && rounds > 0 ? rounds : null;

    /// <summary>Whether somebody asked for more than a moment.</summary>
    public static bool IsLong => Asked is not null;

    /// <summary>How many rounds to do.</summary>
    /// <param name="usual">How many in every run.</param>
    public static int Rounds(int usual) => Asked ?? usual;
}
