using System.Diagnostics;
using Bento.Benchmarks.Fleets;
using Bento.Benchmarks.Processes;

namespace Bento.Benchmarks.Transfers;

/// <summary>Agents that poll one sshd within a minute, and as fast as it lets them, against sftp that does.</summary>
internal sealed class ManyAgentsBenchmark : IBenchmark
{
    private const int Agents = 500;
    private const int AtOnce = 8;
    private const int MaxLogins = 10;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    public string Name => "agents";

    public async IAsyncEnumerable<Measurement> RunAsync(BenchmarkOptions options)
    {
        await using var fleet = await DistantFleet.StartAsync(TimeSpan.Zero);
        _ = await fleet.DeployAsync();
        var count = options.Hosts ?? Agents;
        for (var agent = 0; agent < count; agent++)
        {
            _ = fleet.WriteAgent($"agent-{agent}.json", $"state-{agent}");
        }

        _ = await fleet.PollNearAsync();
        var lost = 0;
        var polls = Enumerable.Range(0, count).Select(async agent =>
        {
            await Task.Delay(Within * agent / count);
            lost += await PollAsync(fleet, agent) ? 0 : 1;
        });
        await Task.WhenAll(polls);
        yield return new Measurement
        {
            Work = $"{count} agents that poll within {Within.TotalSeconds:0} s",
            Quantity = Quantity.Failures,
            Ours = lost,
            Limit = 0,
        };

        var (work, rival) = await Rounds.MeasureAsync(
            options.FewRounds,
            _ => TimeAsync(agent => PollAsync(fleet, agent)),
            _ => TimeAsync(_ => LogInAsync(fleet)));
        yield return new Measurement
        {
            Work = $"{AtOnce * AtOnce} polls, {AtOnce} at once",
            Rival = "as many logins of sftp",
            Quantity = Quantity.Seconds,
            Ours = work.Seconds,
            Theirs = rival.Seconds,
            Limit = 1.0,
        };
    }

    private static async Task<Timing> TimeAsync(Func<int, Task<bool>> login)
    {
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, AtOnce * AtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (agent, _) =>
            {
                if (!await login(agent))
                {
                    throw new InvalidOperationException($"Login {agent} failed.");
                }
            });
        return new Timing(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 0);
    }

    /// <summary>A default sshd drops some of many who come at once. Bento comes again, so the rival does too.</summary>
    private static async Task<bool> LogInAsync(DistantFleet fleet)
    {
        for (var attempt = 1; attempt <= MaxLogins; attempt++)
        {
            if (await IsDoneAsync(fleet, "sftp", fleet.SftpArguments(), "ls\n"))
            {
                return true;
            }
        }

        return false;
    }

    private static Task<bool> PollAsync(DistantFleet fleet, int agent) => IsDoneAsync(
        fleet, BentoProgram.FullPath, ["agent", "once", "--config", Path.Join(fleet.Machine, $"agent-{agent}.json")], string.Empty);

    private static async Task<bool> IsDoneAsync(DistantFleet fleet, string program, IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in fleet.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
