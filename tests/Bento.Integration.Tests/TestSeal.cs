using System.Text;
using System.Text.Json.Nodes;
using Bento.Hosts;
using Bento.Testing;

namespace Bento.Integration.Tests;

/// <summary>The <c>release.json</c> of an area as whoever has a key can make it: taken apart, changed, and signed by the real ssh-keygen.</summary>
internal static class TestSeal
{
    public static string PathOf(TestFleet fleet, HostName host) => Path.Join(fleet.Directory, ".bento", "areas", host.ToString(), "release.json");

    public static JsonObject Payload(TestFleet fleet, HostName host) =>
        JsonNode.Parse(JsonNode.Parse(File.ReadAllBytes(PathOf(fleet, host)))!["payload"]!.GetValue<string>() is var text ? Convert.FromBase64String(text) : [])!.AsObject();

    /// <summary>Puts a payload there, signed with each of these keys.</summary>
    public static void Put(TestFleet fleet, HostName host, JsonObject payload, params string[] keys)
    {
        var bytes = Encoding.UTF8.GetBytes(payload.ToJsonString());
        var signatures = new JsonArray([.. keys.Select(key => JsonValue.Create(Sign(bytes, key)))]);
        File.WriteAllText(PathOf(fleet, host), new JsonObject { ["payload"] = Convert.ToBase64String(bytes), ["signatures"] = signatures }.ToJsonString());
    }

    private static string Sign(byte[] payload, string key)
    {
        using var directory = new TempDirectory();
        File.WriteAllBytes(directory["payload"], payload);
        _ = Shell.Run("ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "bento-release", directory["payload"]);
        return File.ReadAllText(directory["payload.sig"]);
    }
}
