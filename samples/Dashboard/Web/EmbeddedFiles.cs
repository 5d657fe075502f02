using System.Security.Cryptography;

namespace Dashboard.Web;

/// <summary>The style, the script and the icon. Their addresses name their content, so that a browser keeps them for good.</summary>
internal static class EmbeddedFiles
{
    private static readonly Dictionary<string, (string Type, byte[] Content)> Files = new(StringComparer.Ordinal)
    {
        ["dashboard.css"] = ("text/css; charset=utf-8", Read("dashboard.css")),
        ["dashboard.js"] = ("text/javascript; charset=utf-8", Read("dashboard.js")),
        ["icon.svg"] = ("image/svg+xml", Read("icon.svg")),
    };

    private static readonly Dictionary<string, string> Hashes = Files.ToDictionary(
        file => file.Key, file => Convert.ToHexStringLower(SHA256.HashData(file.Value.Content))[..12], StringComparer.Ordinal);

    public static string AddressOf(string name) => $"/assets/{Hashes[name]}/{name}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{hash}/{name}", Send);

    private static IResult Send(string hash, string name, HttpContext context)
    {
        if (Hashes.GetValueOrDefault(name) != hash)
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Files[name].Content, Files[name].Type);
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }
}
