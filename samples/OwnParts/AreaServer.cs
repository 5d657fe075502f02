using Bento;
using Bento.Transport;
using Microsoft.AspNetCore.Http.Features;

namespace OwnParts;

/// <summary>
/// Shows the areas of another transport to <see cref="HttpTransport"/>: those of the local directory in the end, of a server in memory
/// in a test. Who may come in is said by the application: <c>app.MapGroup("/fleet").RequireAuthorization()</c>.
/// </summary>
public static class AreaServer
{
    public static void MapAreas(this IEndpointRouteBuilder routes, ITransportSession session)
    {
        var holder = new LockHolder();
        var area = routes.MapGroup("areas").AddEndpointFilter(SayFailuresAsync);
        area.MapGet("", (CancellationToken stop) => session.ListAreasAsync(stop));
        area.MapPost("{host}", (HostName host, CancellationToken stop) => session.OpenArea(host).EnsureAsync(stop));
        area.MapGet("{host}/check", (HostName host, CancellationToken stop) => session.OpenArea(host).CheckAsync(stop));
        area.MapGet(
            "{host}/look/{**path}",
            async (HostName host, string path, CancellationToken stop) =>
                await session.OpenArea(host).LookAsync(path, stop) is { } entry ? Results.Json(entry) : Results.NotFound());
        area.MapGet("{host}/files/{**path}", async (HostName host, string path, long max, CancellationToken stop) =>
        {
            // Read before the first byte of the answer goes out, so that a file that is too long is said as such.
            var content = new FileStream(
                Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            if (!await session.OpenArea(host).CopyToAsync(path, content, max, stop))
            {
                await content.DisposeAsync();
                return Results.NotFound();
            }

            content.Position = 0;
            return Results.Stream(content);
        });
        area.MapPut("{host}/files/{**path}", async (HostName host, string path, HttpRequest request, CancellationToken stop) =>
        {
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            await session.OpenArea(host).WriteAsync(path, request.Body, stop);
        });
        area.MapDelete("{host}/files/{**path}", (HostName host, string path, CancellationToken stop) =>
            session.OpenArea(host).DeleteAsync(path, stop));
        area.MapGet("{host}/directories/{**path}", (HostName host, string? path, CancellationToken stop) =>
            session.OpenArea(host).ListAsync(path ?? "", stop).ToListAsync(stop).AsTask());
        area.MapPut("{host}/directories/{**path}", (HostName host, string path, CancellationToken stop) =>
            session.OpenArea(host).EnsureDirectoryAsync(path, stop));
        area.MapDelete("{host}/directories/{**path}", (HostName host, string path, CancellationToken stop) =>
            session.OpenArea(host).RemoveDirectoryAsync(path, stop));

        routes.MapPost("locks/{id:guid}", async (Guid id, HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var name = await reader.ReadToEndAsync(context.RequestAborted);
            if (holder.TryTake(id, name) is { } other)
            {
                context.Response.StatusCode = StatusCodes.Status409Conflict;
                await context.Response.WriteAsync(other);
                return;
            }

            try
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await holder.FreedAsync(id).WaitAsync(context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // Its publisher is gone.
            }
            finally
            {
                holder.Free(id);
            }
        });
        routes.MapDelete("locks/{id:guid}", (Guid id) => holder.Free(id));
    }

    private static async ValueTask<object?> SayFailuresAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TransportException exception)
        {
            context.HttpContext.Response.Headers[HttpCall.FailureHeader] = $"{exception.Failure}";
            return Results.Text(exception.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or IOException or OperationCanceledException)
        {
            // The other side broke off: there is nobody to answer.
            context.HttpContext.Abort();
            return null;
        }
    }
}
