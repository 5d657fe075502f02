using Bento.Documents;
using Bento.Hosting;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Status;

// A fleet behind a web API:   WebApi /path/to/fleet
// It has no login: keep it on this machine, or add one with RequireAuthorization().
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddBento().FromDirectory(Path.GetFullPath(args[0]));
builder.Services.AddBentoWatcher().AddBentoHealthChecks();
builder.Services.AddHostedService<Journal>();

// The documents are those of 'bento status --json' and 'bento deploy --json'.
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DocumentJson.Resolver));
var app = builder.Build();

app.MapHealthChecks("/health");
app.MapGet("/status", async (IFleetStatus status, CancellationToken stop) =>
    StatusDocument.Of(await status.ReadAsync(HostSelector.All, stop)));
app.MapPost("/deploy/{hosts}", async (string hosts, IDeployer deployer, CancellationToken stop) =>
{
    if (!HostSelector.TryParse(hosts, null, out var selector))
    {
        return Results.BadRequest();
    }

    try
    {
        var report = await deployer.DeployAsync(new DeployRequest { Hosts = selector }, cancellationToken: stop);
        return Results.Ok(DeployDocument.Of(report));
    }
    catch (Bento.BentoException exception)
    {
        return Results.Problem(exception.Message, title: $"{exception.Kind}", statusCode: exception.Kind switch
        {
            Bento.FailureKind.Configuration => StatusCodes.Status400BadRequest,
            Bento.FailureKind.Locked or Bento.FailureKind.Outdated => StatusCodes.Status409Conflict,
            Bento.FailureKind.Unreachable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        });
    }
});
await app.RunAsync();

/// <summary>Writes what changes in the fleet into the log of the application.</summary>
internal sealed class Journal(IFleetWatcher watcher, ILogger<Journal> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in watcher.WatchAsync(stoppingToken))
        {
            if (change is FleetChange.HostChanged { Now: var host })
            {
                logger.LogInformation("{Host} is {State}: {Reason}", host.Host, host.State, host.Reason);
            }
        }
    }
}
