using System.Text.Json;
using Bento.Building.Programs;

namespace Bento.Building.Evaluation;

/// <summary>Reads the JSON that the expressions of <see cref="NixExpression"/> evaluate to.</summary>
internal static class EvaluationOutput
{
    /// <summary>Reads names.</summary>
    /// <param name="json">A list of strings.</param>
    /// <returns>The names in ordinal order.</returns>
    /// <exception cref="NixException">It is something else.</exception>
    public static IReadOnlyList<string> ReadNames(string json) =>
        Read(json, root => root.EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal).ToList());

    /// <summary>Reads the one system of a directory without attributes.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="json">A set with <c>d</c> and <c>o</c>.</param>
    /// <returns>The system; null when it is something else.</returns>
    /// <exception cref="NixException">It is not JSON.</exception>
    public static SystemDerivation? ReadSingle(string name, string json) => Read(json, root => ReadSystem(name, root));

    /// <summary>Reads a system.</summary>
    /// <param name="attribute">What it is called.</param>
    /// <param name="system">A set with <c>d</c> and <c>o</c>.</param>
    /// <returns>The system; null when it is something else: one host's fault, which must not hide the others.</returns>
    public static SystemDerivation? ReadSystem(string attribute, JsonElement system) =>
        ReadPath(system, "d") is { IsDerivation: true } derivation && ReadPath(system, "o") is { } output
            ? new SystemDerivation { Attribute = attribute, Derivation = derivation, System = output }
            : null;

    private static StorePath? ReadPath(JsonElement system, string property) =>
        system.ValueKind == JsonValueKind.Object
        && system.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String
        && StorePath.TryParse(value.GetString(), out var path) ? path : null;

    private static T Read<T>(string json, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new NixException("Nix printed something else than the result of the evaluation.", exception)
            {
                NextStep = "Check the extra arguments of NixOptions and the version of Nix: Bento needs 2.8 or newer.",
            };
        }
    }
}
