using Bento.Benchmarks;
using Bento.Benchmarks.Deploys;
using Bento.Benchmarks.Looks;
using Bento.Benchmarks.Output;
using Bento.Benchmarks.Starts;
using Bento.Benchmarks.Transfers;

IBenchmark[] benchmarks =
[
    new StartBenchmark(), new FirstDeployBenchmark(), new LaterDeployBenchmark(), new EvaluationBenchmark(), new StatusBenchmark(),
    new PollBenchmark(), new UpdateBenchmark(), new PublishBenchmark(), new ClosureBenchmark(),
    new ManyAgentsBenchmark(),
];
var names = string.Join(" | ", benchmarks.Select(benchmark => benchmark.Name));
if (BenchmarkOptions.Parse(args) is not { } options || options.Names.Any(name => benchmarks.All(benchmark => benchmark.Name != name)))
{
    Console.Error.WriteLine($"usage: ./bench.sh [{names}]... [--hosts N] [--rounds N] [--json FILE] [--plots DIRECTORY]");
    return 2;
}

var machine = Machine.Read();
Console.WriteLine($"{machine.At}, {machine.Description}\n\n{Table.Head}");
var rows = new List<Measurement>();
foreach (var benchmark in benchmarks.Where(benchmark => options.Names.Count == 0 || options.Names.Contains(benchmark.Name)))
{
    await foreach (var row in benchmark.RunAsync(options))
    {
        rows.Add(row);
        Console.WriteLine(Table.Row(row));
    }
}

if (options.Json is { } json)
{
    await File.WriteAllTextAsync(json, JsonReport.Write(rows, machine));
}

if (options.Plots is { } plots)
{
    await GrowthBenchmark.DrawAsync(plots);
}

return rows.TrueForAll(row => row.IsHeld) ? 0 : 1;
