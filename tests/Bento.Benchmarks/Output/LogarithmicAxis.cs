namespace Bento.Benchmarks.Output;

/// <summary>From whole power of ten to whole power of ten, across some pixels.</summary>
internal sealed class LogarithmicAxis(IReadOnlyCollection<double> values, double begin, double end)
{
    private readonly int _first = (int)Math.Floor(Math.Log10(values.Min()));
    private readonly int _last = (int)Math.Ceiling(Math.Log10(values.Max()));

    /// <summary>The powers of ten on it.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(_first, _last - _first + 1).Select(power => Math.Pow(10, power));

    /// <summary>Where a value lies.</summary>
    public double At(double value) => begin + ((Math.Log10(value) - _first) / (_last - _first) * (end - begin));
}
