using System.Diagnostics;
using System.Globalization;

namespace Bento.Benchmarks.Processes;

/// <summary>Runs a program to its end and says what it took. One at a time: the processors' time is that of all children.</summary>
internal sealed class MeasuredProcess(IReadOnlyDictionary<string, string?> environment, string directory)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>What the last run printed.</summary>
    public string Output { get; private set; } = string.Empty;

    public Task<Timing> RunAsync(string program, params string[] arguments) => RunAsync(string.Empty, program, arguments);

    /// <param name="input">What it reads.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<Timing> RunAsync(string input, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var processors = ChildProcessors.Total();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = PeakAsync($"/proc/{process.Id}/status");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(began);
        Output = await output;
        return process.ExitCode == 0
            ? new Timing(elapsed.TotalSeconds, (ChildProcessors.Total() - processors).TotalSeconds, await peak)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{Output}");
    }

    /// <summary>
    /// Until it has ended, when it has no memory any more. The high water mark only rises: the last glance misses what was new in the last
    /// moment.
    /// </summary>
    private static async Task<long> PeakAsync(string status)
    {
        var peak = 0L;
        while (Read(status) is var held and > 0)
        {
            peak = held;
            await Task.Delay(Glance);
        }

        return peak;
    }

    private static long Read(string status)
    {
        try
        {
            return File.ReadLines(status)
                .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024)
                .FirstOrDefault();
        }
        catch (IOException)
        {
            // It has ended since.
            return 0;
        }
    }
}
