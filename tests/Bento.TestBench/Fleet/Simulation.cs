using System.Globalization;
using System.Text;

namespace Bento.TestBench.Fleet;

/// <summary>
/// A fleet to which much goes wrong, one thing after the other, as a seed says: after each of them every rule of <see cref="Invariants"/>
/// holds.
/// </summary>
public static class Simulation
{
    /// <summary>The environment variable that runs one seed only: that of a failure.</summary>
    public const string SeedVariable = "BENTO_SIMULATION_SEED";

    /// <summary>The environment variable that runs more seeds, or fewer.</summary>
    public const string SeedsVariable = "BENTO_SIMULATION_SEEDS";

    /// <summary>The seeds to run.</summary>
    /// <param name="usual">How many in every run.</param>
    public static IEnumerable<int> Seeds(int usual) =>
        Number(SeedVariable) is { } seed ? [seed] : Enumerable.Range(1, Number(SeedsVariable) ?? usual);

    /// <summary>Runs a script against a fleet, ends every fault, polls twice, and checks the rules at each step.</summary>
    /// <param name="observer">Looks at the fleet, which is new.</param>
    /// <param name="seed">What the script is made from.</param>
    /// <param name="steps">How many things happen.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvariantException">A rule does not hold.</exception>
    public static async Task RunAsync(FleetObserver observer, int seed, int steps, CancellationToken cancellationToken)
    {
        var fleet = observer.Fleet;
        var random = new Random(seed);
        var script = new List<string>();
        IReadOnlyList<Observation>? before = null;
        for (var step = 0; step < steps; step++)
        {
            var (name, act) = Nemesis.Choose(random, fleet);
            await StepAsync(name, act);
        }

        await StepAsync("deploy again", token => fleet.DeployAsync(cancellationToken: token));
        for (var poll = 0; poll < 2; poll++)
        {
            // Longer than any pause before a failed attempt is made again.
            fleet.Wait(TimeSpan.FromHours(7));
            foreach (var host in fleet.Hosts)
            {
                await StepAsync($"poll {host.Name}", host.PollAsync);
            }
        }

        Judge(before!.Where(host => host.Published is not null).SelectMany(Invariants.CheckSettled));

        async Task StepAsync(string name, Func<CancellationToken, Task> act)
        {
            script.Add(name);
            try
            {
                await act(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvariantException(Describe($"The step failed: {exception}"));
            }

            fleet.Wait(TimeSpan.FromSeconds(1));
            var now = await observer.ObserveAsync(cancellationToken);
            Judge(now.SelectMany((host, i) => Invariants.Check(before?[i], host)));
            before = now;
        }

        void Judge(IEnumerable<string> violations)
        {
            if (violations.ToList() is { Count: > 0 } found)
            {
                throw new InvariantException(Describe(string.Join('\n', found)));
            }
        }

        string Describe(string what)
        {
            var text = new StringBuilder(what).AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Again with {SeedVariable}={seed}:");
            script.Select((name, i) => $"{i + 1,3}. {name}").ToList().ForEach(line => text.AppendLine(line));
            return text.ToString();
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
