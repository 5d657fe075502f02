using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bento.Configuration.Json;

/// <summary>Checks a setting that is written as text, as variables of the environment are, against the schema of its file.</summary>
internal static class TextValueCheck
{
    /// <returns>What is wrong; null where the text is a value that the schema allows.</returns>
    public static string? Problem(string text, JsonElement schema)
    {
        var types = SchemaCheck.TypesOf(schema).ToList();
        return types.Select(type => Value(text, type)).FirstOrDefault(value => value is not null) is { } value
            ? SchemaCheck.Problems(value, schema).Select(problem => problem.Message).FirstOrDefault()
            : $"Expected {string.Join(" or ", types.Select(SchemaCheck.Article))}, found '{text}'.";
    }

    private static JsonElement? Value(string text, string type) => type switch
    {
        "string" => Element(JsonValue.Create(text)),
        "boolean" when bool.TryParse(text, out var isTrue) => Element(JsonValue.Create(isTrue)),
        "integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            Element(JsonValue.Create(whole)),
        "number" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
            Element(JsonValue.Create(number)),
        _ => null,
    };

    private static JsonElement Element(JsonValue value)
    {
        using var document = JsonDocument.Parse(value.ToJsonString());
        return document.RootElement.Clone();
    }
}
