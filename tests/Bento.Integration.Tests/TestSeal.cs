using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bento.TestBench;

namespace Bento.Integration.Tests;

/// <summary>
/// The <c>release.json</c> of an area as whoever has a key can make it: taken apart, changed, and signed by the real ssh-keygen.
/// </summary>
internal static class TestSeal
{
    public static string PathOf(TestFleet fleet, HostName host) =>
        Path.Join(fleet.Directory, ".bento", "areas", host.ToString(), "release.json");

    public static JsonObject Payload(TestFleet fleet, HostName host) =>
        JsonNode.Parse(JsonNode.Parse(File.ReadAllBytes(PathOf(fleet, host)))!["payload"]!.GetValue<string>() is var text
            ? Convert.FromBase64String(text)
            : [])!.AsObject();

    /// <summary>Puts a payload there, signed with each of these keys.</summary>
    public static void Put(TestFleet fleet, HostName host, JsonObject payload, params string[] keys)
    {
        payload["id"] = Id(payload);
        var bytes = Encoding.UTF8.GetBytes(payload.ToJsonString());
        var signatures = new JsonArray([.. keys.Select(key => JsonValue.Create(Sign(bytes, key)))]);
        File.WriteAllText(
            PathOf(fleet, host),
            new JsonObject { ["payload"] = Convert.ToBase64String(bytes), ["signatures"] = signatures }.ToJsonString());
    }

    /// <summary>The id as docs/protocol.md has it: whoever has a key can compute it too.</summary>
    private static string Id(JsonObject payload)
    {
        var timeless = payload.DeepClone().AsObject();
        timeless["id"] = string.Empty;
        timeless["issued"] = JsonValue.Create(default(DateTimeOffset));
        timeless["expires"] = JsonValue.Create(default(DateTimeOffset));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(timeless.ToJsonString())).AsSpan(0, 16));
    }

    private static string Sign(byte[] payload, string key)
    {
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["payload"], payload);
        _ = Shell.Run("ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "bento-release", directory["payload"]);
        return File.ReadAllText(directory["payload.sig"]);
    }
}
