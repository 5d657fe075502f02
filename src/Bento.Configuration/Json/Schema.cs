using System.Text.Json;

namespace Bento.Configuration.Json;

/// <summary>What a file of settings may hold: the schema that an editor uses too.</summary>
/// <param name="Root">The schema.</param>
internal sealed record Schema(JsonElement Root)
{
    /// <summary>The schema of <c>bento.json</c>.</summary>
    public static Schema Bento { get; } = Load("bento.schema.json");

    /// <summary>The schema of <c>agent.json</c>.</summary>
    public static Schema Agent { get; } = Load("agent.schema.json");

    /// <summary>A file that is embedded in this library.</summary>
    public static Stream Resource(string name) => typeof(Schema).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The library was built without its resource '{name}'.");

    /// <summary>What is declared of a setting.</summary>
    /// <param name="key">Its name as configuration has it, in any case: <c>HOSTS:web:TAGS:0</c>.</param>
    /// <returns>Its schema and its path as the schema spells it; null where there is no such setting.</returns>
    public (JsonElement Schema, string Path)? Find(string key)
    {
        var (schema, path) = (Root, string.Empty);
        foreach (var name in key.Split(':'))
        {
            if (Member(schema, name) is not var (member, spelled))
            {
                return null;
            }

            (schema, path) = (member, path + (spelled[0] == '[' || path.Length == 0 ? spelled : $".{spelled}"));
        }

        return (schema, path);
    }

    private static (JsonElement Schema, string Name)? Member(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return (property.Value, property.Name);
                }
            }
        }

        if (schema.TryGetProperty("items", out var items) && name.Length > 0 && name.All(char.IsAsciiDigit))
        {
            return (items, $"[{name}]");
        }

        return schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object && name.Length > 0
            ? (others, name)
            : null;
    }

    private static Schema Load(string name)
    {
        using var stream = Resource(name);
        using var document = JsonDocument.Parse(stream);
        return new Schema(document.RootElement.Clone());
    }
}
