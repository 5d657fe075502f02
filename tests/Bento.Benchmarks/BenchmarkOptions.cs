using System.Globalization;

namespace Bento.Benchmarks;

/// <summary>What is measured, and how large: <c>status deploy --hosts 500 --rounds 5 --json results.json</c>.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>The names of the benchmarks; all when empty.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>Another number of hosts than that of the table.</summary>
    public int? Hosts { get; private init; }

    /// <summary>How often everything is done that takes less than a second.</summary>
    public int Rounds { get; private init; } = 7;

    /// <summary>How often everything is done that takes longer.</summary>
    public int FewRounds => int.Max(1, Rounds / 3);

    /// <summary>The file that the rows go to as JSON; null for none.</summary>
    public string? Json { get; private init; }

    /// <summary>The directory that the plots go to; null for none.</summary>
    public string? Plots { get; private init; }

    public static BenchmarkOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (!arguments[index].StartsWith('-'))
            {
                options = options with { Names = [.. options.Names, arguments[index]] };
            }
            else if (index + 1 < arguments.Count && options.With(arguments[index], arguments[++index]) is { } given)
            {
                options = given;
            }
            else
            {
                return null;
            }
        }

        return options;
    }

    private BenchmarkOptions? With(string name, string value) => name switch
    {
        "--hosts" when Number(value) is { } hosts => this with { Hosts = hosts },
        "--rounds" when Number(value) is { } rounds => this with { Rounds = rounds },
        "--json" => this with { Json = value },
        "--plots" => this with { Plots = value },
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
