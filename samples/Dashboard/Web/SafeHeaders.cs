using System.Net.Mime;

namespace Dashboard.Web;

/// <summary>
/// What hosts wrote is hostile. Pages encode it; should one not, the browser still runs nothing, sends nothing and shows the page in no
/// frame of somebody else.
/// </summary>
internal sealed class SafeHeaders(RequestDelegate next)
{
    public const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";

        // A fleet of a minute ago from a cache would look like the fleet of now.
        headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        headers.Allow = "GET, HEAD";
        context.Response.ContentType = MediaTypeNames.Text.Plain;
        return context.Response.WriteAsync("This dashboard only shows; it changes nothing.\n", context.RequestAborted);
    }
}
