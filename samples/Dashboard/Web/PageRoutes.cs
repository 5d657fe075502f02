using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Bento;
using Bento.Protocol;
using Bento.Status;
using Dashboard.Board;
using Dashboard.List;
using Dashboard.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Web;

/// <summary>
/// Which address shows what. The list and the rollout read nothing: they show the last look. A host costs one read of its record, and a
/// log one.
/// </summary>
internal static class PageRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (FleetBoard board, HttpRequest request) => Page<FleetPage>(
            new { Look = board.Current, Query = FleetQuery.Parse(request.Query) }, StatusOf(board.Current)));
        routes.MapGet("/rollout", (FleetBoard board, HttpRequest request) => Page<RolloutPage>(
            new { Look = board.Current, Query = FleetQuery.Parse(request.Query) }));
        routes.MapGet("/hosts/{host}", ShowHostAsync);
        routes.MapGet("/hosts/{host}/logs/{epoch:long}-{sequence:long}-{attempt:int}", ShowLogAsync);
        routes.MapGet("/hosts/{host}/logs/{epoch:long}-{sequence:long}-{attempt:int}/raw", SendLogAsync);
        routes.MapGet("/events", (FleetBoard board, IHostApplicationLifetime life, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(LooksAsync(board, life, cancellationToken)));
    }

    public static Task FailedAsync(HttpContext context)
    {
        // The message of Bento is for people; of anything else only the log has more.
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        return Page<MessagePage>(
            new
            {
                Look = context.RequestServices.GetRequiredService<FleetBoard>().Current,
                Title = "This page could not be made",
                Text = failure is BentoException ? failure.Message : "The log of the dashboard says why.",
            },
            failure is BentoException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError)
            .ExecuteAsync(context);
    }

    public static Task NothingHereAsync(HttpContext context) => Page<MessagePage>(
        new
        {
            Look = context.RequestServices.GetRequiredService<FleetBoard>().Current,
            Title = "There is nothing here",
            Text = "No host, log or page has this address.",
        },
        context.Response.StatusCode).ExecuteAsync(context);

    private static async Task<IResult> ShowHostAsync(
        string host, FleetBoard board, IStatusStore store, PackageDifferences packages, CancellationToken cancellationToken)
    {
        var look = board.Current;
        if (!HostName.TryParse(host, out var name))
        {
            return Results.NotFound();
        }

        var status = look.Fleet.Hosts.FirstOrDefault(known => known.Host == name);
        if (status is null && look.Fleet.SeenAt is not null)
        {
            return Results.NotFound();
        }

        var record = HostRecord.Empty;
        string? problem = null;
        try
        {
            record = await store.ReadAsync(name, cancellationToken);
        }
        catch (BentoException exception)
        {
            problem = exception.Message;
        }

        var difference = status is null ? null : await packages.ReadAsync(status, cancellationToken);
        return Page<HostPage>(
            new { Look = look, Host = name, Status = status, Record = record, Problem = problem, Difference = difference }, StatusOf(look));
    }

    private static async Task<IResult> ShowLogAsync(
        string host,
        long epoch,
        long sequence,
        int attempt,
        FleetBoard board,
        IFleetHistory history,
        CancellationToken cancellationToken) =>
        await ReadLogAsync(host, epoch, sequence, attempt, history, cancellationToken) is { } log
            ? Page<LogPage>(new { Look = board.Current, Host = HostName.Parse(host), Log = log })
            : Results.NotFound();

    private static async Task<IResult> SendLogAsync(
        string host, long epoch, long sequence, int attempt, IFleetHistory history, CancellationToken cancellationToken) =>
        await ReadLogAsync(host, epoch, sequence, attempt, history, cancellationToken) is { } log
            ? Results.File(log.Raw.ToArray(), "application/octet-stream", $"{host}-{epoch}-{sequence}-{attempt}.log")
            : Results.NotFound();

    private static async Task<HostLog?> ReadLogAsync(
        string host, long epoch, long sequence, int attempt, IFleetHistory history, CancellationToken cancellationToken) =>
        HostName.TryParse(host, out var name) && epoch >= 0 && sequence > 0 && attempt > 0
            ? await history.ReadLogAsync(name, new ReleaseNumber(epoch, sequence), attempt, cancellationToken)
            : null;

    /// <summary>One event a look, whoever reads: the page fetches its own view then.</summary>
    private static async IAsyncEnumerable<SseItem<string>> LooksAsync(
        FleetBoard board, IHostApplicationLifetime life, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        for (Look? look = board.Current; look is not null; look = await NextAsync(look))
        {
            yield return new SseItem<string>($"{look.Number}", "look");
        }

        async Task<Look?> NextAsync(Look shown)
        {
            try
            {
                return await board.NextAsync(shown, end.Token);
            }
            catch (OperationCanceledException)
            {
                // The reader has gone, or the dashboard ends: neither is a failure.
                return null;
            }
        }
    }

    /// <summary>A fleet of which nothing is known is an error for programs too.</summary>
    private static int StatusOf(Look look) =>
        look.Fleet.SeenAt is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    private static RazorComponentResult<TPage> Page<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(parameters) { StatusCode = status, ContentType = "text/html; charset=utf-8" };
}
