using System.Globalization;

namespace Bento.Benchmarks;

/// <summary>What a measurement counts.</summary>
internal sealed record Quantity(string Name, Func<double, string> Show)
{
    public static Quantity Seconds { get; } = new("seconds", Duration);

    public static Quantity ProcessorSeconds { get; } = new("processor seconds", Duration);

    public static Quantity RoundTrips { get; } = new("round trips", value => value.ToString("0", CultureInfo.InvariantCulture));

    public static Quantity Bytes { get; } = new("bytes", Size);

    public static Quantity Failures { get; } = new("failures", value => value.ToString("0", CultureInfo.InvariantCulture));

    private static string Duration(double seconds) => seconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");

    private static string Size(double bytes) => bytes < 10_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000:0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:0.0} MB");
}
