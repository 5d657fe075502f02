using System.Text.Json;
using Bento.Configuration.Json;

namespace Bento.Configuration.Tests.Documents;

public sealed class SchemaTests
{
    private static readonly HashSet<string> Known =
    [
        "$schema",
            "title",
            "description",
            "type",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "minItems",
            "items",
            "properties",
            "required",
            "additionalProperties",
            "propertyNames",
        ];

    [Theory]
    [InlineData("bento.schema.json")]
    [InlineData("agent.schema.json")]
    public void A_schema_uses_only_what_the_program_checks(string name)
    {
        using var stream = Schema.Resource(name);
        using var schema = JsonDocument.Parse(stream);

        Assert.Empty(Keywords(schema.RootElement).Except(Known));
    }

    private static IEnumerable<string> Keywords(JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            yield return keyword.Name;
            var inner = keyword.Name switch
            {
                "properties" => keyword.Value.EnumerateObject().Select(property => property.Value),
                "items" or "propertyNames" or "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.Object =>
                    [keyword.Value],
                _ => [],
            };
            foreach (var found in inner.SelectMany(Keywords))
            {
                yield return found;
            }
        }
    }
}
