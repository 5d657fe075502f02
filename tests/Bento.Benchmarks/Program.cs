using Bento.Benchmarks;

IBenchmark[] benchmarks = [new StatusBenchmark()];
if (benchmarks.FirstOrDefault(candidate => candidate.Name == args.FirstOrDefault()) is not { } benchmark)
{
    Console.Error.WriteLine("dotnet run -c Release --project tests/Bento.Benchmarks -- NAME [--hosts N] [--rounds N]");
    foreach (var candidate in benchmarks)
    {
        Console.Error.WriteLine($"  {candidate.Name}: {candidate.Claim}");
    }

    return 2;
}

var measurement = await benchmark.RunAsync(BenchmarkOptions.Parse(args[1..]));
Console.WriteLine($"{benchmark.Claim}\n{measurement}");
return measurement.IsHeld ? 0 : 1;
