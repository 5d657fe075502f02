namespace Bento.Benchmarks;

/// <summary>Rows of the table that share what they are measured on.</summary>
internal interface IBenchmark
{
    /// <summary>How it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures row by row; a row comes as soon as it is there.</summary>
    IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options);
}
