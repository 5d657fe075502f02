using System.Text.Json;

namespace Bento.Building;

/// <summary>Reads the JSON that the expressions of <see cref="NixExpression"/> evaluate to.</summary>
internal static class EvaluationOutput
{
    /// <summary>Reads names.</summary>
    /// <param name="json">A list of strings.</param>
    /// <returns>The names in ordinal order.</returns>
    /// <exception cref="NixException">It is something else.</exception>
    public static IReadOnlyList<string> ReadNames(string json) =>
        Read(json, root => root.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal).ToList());

    /// <summary>Reads systems.</summary>
    /// <param name="json">A set of sets with <c>d</c> and <c>o</c>, or null where evaluation threw.</param>
    /// <returns>The systems by attribute.</returns>
    /// <exception cref="NixException">It is something else.</exception>
    public static IReadOnlyDictionary<string, SystemDerivation?> ReadSystems(string json) => Read(json, root =>
        root.EnumerateObject().ToDictionary(system => system.Name, system => ReadSystem(system.Name, system.Value), StringComparer.Ordinal));

    /// <summary>Reads the one system of a directory without attributes.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="json">A set with <c>d</c> and <c>o</c>.</param>
    /// <returns>The system.</returns>
    /// <exception cref="NixException">It is something else.</exception>
    public static IReadOnlyDictionary<string, SystemDerivation?> ReadSingle(string name, string json) => Read(json, root =>
        new Dictionary<string, SystemDerivation?>(StringComparer.Ordinal) { [name] = ReadSystem(name, root) });

    private static SystemDerivation? ReadSystem(string attribute, JsonElement system) => system.ValueKind == JsonValueKind.Null
        ? null
        : new SystemDerivation(attribute, ReadPath(system, "d"), ReadPath(system, "o"));

    private static StorePath ReadPath(JsonElement system, string property) => StorePath.Parse(system.GetProperty(property).GetString()!);

    private static T Read<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            throw new NixException("Nix evaluated the configuration to something that is not a system.", exception)
            {
                NextStep = "Check that config.system.build.toplevel is the derivation of a NixOS system.",
            };
        }
    }
}
