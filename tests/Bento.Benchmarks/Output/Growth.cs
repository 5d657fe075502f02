namespace Bento.Benchmarks.Output;

/// <summary>What one kind of work costs at several sizes, the smallest first.</summary>
/// <param name="Name">The work.</param>
/// <param name="Points">Sizes and seconds.</param>
internal sealed record Growth(string Name, IReadOnlyList<(int Size, double Seconds)> Points)
{
    /// <summary>The exponent between the two largest sizes: 1 where twice as much takes twice as long.</summary>
    public double Exponent => Points is [.., var before, var last]
        ? Math.Log(last.Seconds / before.Seconds) / Math.Log((double)last.Size / before.Size)
        : 0;
}
