namespace Bento.Benchmarks;

/// <summary>
/// One row of the numbers that Bento holds: a piece of work, and the floor or the rival that it is compared with in the same run.
/// </summary>
internal interface IBenchmark
{
    /// <summary>How it is called on the command line.</summary>
    string Name { get; }

    /// <summary>What is compared with what, and how far the ratio may go.</summary>
    string Claim { get; }

    /// <summary>Measures.</summary>
    /// <param name="options">What was said on the command line.</param>
    /// <returns>What came of it.</returns>
    Task<Measurement> RunAsync(BenchmarkOptions options);
}
