using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bento.Configuration.Json;

/// <summary>
/// Checks JSON against the part of JSON Schema that Bento's own schemas use, so that an editor and the program say the same.
/// </summary>
/// <remarks>Keywords: type, enum, pattern, minimum, maximum, minLength, minItems, items, properties, required, additionalProperties,
/// propertyNames. Any other is an error of the schema, found by a test.</remarks>
internal static class SchemaCheck
{
    public static IEnumerable<(string Path, string Message)> Problems(JsonElement value, JsonElement schema) =>
        Problems("$", value, schema);

    private static IEnumerable<(string Path, string Message)> Problems(string path, JsonElement value, JsonElement schema)
    {
        if (TypesOf(schema).ToList() is { Count: > 0 } types && !types.Exists(allowed => IsOfType(value, allowed)))
        {
            return [(path, $"Expected {string.Join(" or ", types.Select(Article))}, found {Describe(value)}.")];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectProblems(path, value, schema),
            JsonValueKind.Array => ArrayProblems(path, value, schema),
            JsonValueKind.String => TextProblems(path, value.GetString()!, schema),
            JsonValueKind.Number => NumberProblems(path, value.GetDouble(), schema),
            _ => [],
        };
    }

    private static IEnumerable<(string, string)> ObjectProblems(string path, JsonElement value, JsonElement schema)
    {
        var declared = schema.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal)
            : [];
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray()
                .Select(name => name.GetString()!)
                .Where(name => !value.TryGetProperty(name, out _)))
            {
                yield return ($"{path}.{name}", "Is missing.");
            }
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        // Configuration keys are compared without case: two that differ only in it would fall together.
        foreach (var group in value.EnumerateObject().GroupBy(member => member.Name, StringComparer.OrdinalIgnoreCase))
        {
            var memberPath = $"{path}.{group.Key}";
            if (group.Count() > 1)
            {
                yield return (memberPath, "This setting appears twice (case is ignored).");
            }

            if (schema.TryGetProperty("propertyNames", out var names))
            {
                foreach (var problem in TextProblems(memberPath, group.Key, names))
                {
                    yield return problem;
                }
            }

            var memberSchema = declared.TryGetValue(group.Key, out var own) ? own : others;
            if (memberSchema.ValueKind == JsonValueKind.False)
            {
                yield return (
                    memberPath,
                    $"Unknown setting. The settings here are {string.Join(", ", declared.Keys.Order(StringComparer.Ordinal))}.");
            }
            else if (memberSchema.ValueKind == JsonValueKind.Object)
            {
                foreach (var problem in Problems(memberPath, group.First().Value, memberSchema))
                {
                    yield return problem;
                }
            }
        }
    }

    private static IEnumerable<(string, string)> ArrayProblems(string path, JsonElement value, JsonElement schema)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
        {
            yield return (
                path, $"Needs at least {least.GetInt32()} {(least.GetInt32() == 1 ? "entry" : "entries")}, has {value.GetArrayLength()}.");
        }

        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var problem in value.EnumerateArray().SelectMany((item, index) => Problems($"{path}[{index}]", item, items)))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<(string, string)> TextProblems(string path, string text, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values) && values.EnumerateArray().All(value => value.GetString() != text))
        {
            yield return (
                path, $"'{text}' is not one of: {string.Join(", ", values.EnumerateArray().Select(value => value.GetString()))}.");
        }

        if (schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            var rule = schema.TryGetProperty("description", out var words) ? $" {words.GetString()}" : string.Empty;
            yield return (path, $"'{text}' is not valid.{rule}");
        }

        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
        {
            yield return (path, "Must not be empty.");
        }
    }

    private static IEnumerable<(string, string)> NumberProblems(string path, double number, JsonElement schema)
    {
        if (schema.TryGetProperty("minimum", out var least) && number < least.GetDouble())
        {
            yield return (path, $"Must be at least {least.GetDouble()}, is {number}.");
        }

        if (schema.TryGetProperty("maximum", out var most) && number > most.GetDouble())
        {
            yield return (path, $"Must be at most {most.GetDouble()}, is {number}.");
        }
    }

    /// <summary>The types that a schema allows; none where it does not say.</summary>
    public static IEnumerable<string> TypesOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!)
        : [type.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new InvalidOperationException($"The schema names the type '{type}'."),
    };

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"the number {value.GetRawText()}",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    /// <summary>A type in words.</summary>
    public static string Article(string type) => type switch
    {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        _ => type,
    };
}
