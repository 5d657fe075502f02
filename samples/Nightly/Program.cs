using System.Globalization;
using System.Net.Http.Json;
using Bento;
using Bento.Building;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

// What a timer starts in the night: new inputs, a plan, one host first, then the rest, and a line in a chat.
//   Nightly /path/to/fleet CANARY [chat webhook] [seconds that the canary has]
var (fleet, canary) = (Path.GetFullPath(args[0]), HostName.Parse(args[1]));
var webhook = args.Length > 2 && args[2].Length > 0 ? new Uri(args[2]) : null;
var patience = TimeSpan.FromSeconds(args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : 1800);

await using var provider = new ServiceCollection().AddBento().FromDirectory(fleet).Services.BuildServiceProvider();
var deployer = provider.GetRequiredService<IDeployer>();
try
{
    return await RunAsync();
}
catch (BentoException exception)
{
    // A server that is away is there again tomorrow; everything else wants somebody.
    var tomorrow = exception.IsTransient ? "I try again tomorrow." : $"{exception.NextStep}";
    return await TellAsync($"The night failed ({exception.Kind}): {exception.Message} {tomorrow}", isGood: exception.IsTransient);
}

async Task<int> RunAsync()
{
    var inputs = await provider.GetRequiredService<IFlakeInputs>().UpdateAsync();
    foreach (var flake in inputs.Where(flake => flake.Failure is not null))
    {
        Console.WriteLine($"{flake.Directory} keeps its inputs: {flake.Failure}");
    }

    // What the canary is judged by is what the others get, and nothing that is committed meanwhile.
    var plan = await deployer.PlanAsync(new PlanRequest());
    var due = plan.Hosts.Where(host => host.Fingerprint is not null).ToDictionary(host => host.Host, host => host.Fingerprint!);
    var broken = plan.Hosts.Where(host => host.Failure is not null).ToList();
    if (broken.Count > 0)
    {
        return await TellAsync(
            string.Join('\n', broken.Select(host => $"{host.Host} ({host.Failure!.Kind}): {host.Failure}")), isGood: false);
    }

    if (due.Count == 0)
    {
        return await TellAsync("Nothing is new.", isGood: true);
    }

    if (due.ContainsKey(canary))
    {
        await deployer.DeployAsync(new DeployRequest { Hosts = HostSelector.Of(canary), Planned = due });
        var state = await SettleAsync();
        if (state.State != HostState.UpToDate)
        {
            return await TellAsync($"{canary} is not well with it, so the rest keeps what it has. {state.Reason}", isGood: false);
        }
    }

    var rest = due.Where(host => host.Key != canary).ToDictionary();
    var report = rest.Count == 0
        ? null
        : await deployer.DeployAsync(new DeployRequest { Hosts = HostSelector.Of(rest.Keys), Planned = rest });
    var failed = report?.Hosts.Where(host => host.Failure is not null)
        .Select(host => $"{host.Host} ({host.Failure!.Kind})").ToList() ?? [];
    return await TellAsync(
        failed.Count == 0 ? $"{due.Count} of {plan.Hosts.Count} hosts have something new." : $"Not published: {string.Join(", ", failed)}.",
        isGood: failed.Count == 0);
}

// Until the canary is well, or is not, or has had its time.
async Task<HostStatus> SettleAsync()
{
    using var time = new CancellationTokenSource(patience);
    var status = provider.GetRequiredService<IFleetStatus>();
    while (true)
    {
        var host = (await status.ReadAsync(HostSelector.Of(canary))).Single();
        if (host.State == HostState.UpToDate || host.NeedsAttention || time.IsCancellationRequested)
        {
            return host;
        }

        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
    }
}

async Task<int> TellAsync(string line, bool isGood)
{
    Console.WriteLine(line);
    if (webhook is not null)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(webhook, new Dictionary<string, string> { ["text"] = line });
        response.EnsureSuccessStatusCode();
    }

    return isGood ? 0 : 1;
}
