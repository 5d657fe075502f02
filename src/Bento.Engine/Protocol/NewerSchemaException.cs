using System.Text.Json;

namespace Bento.Protocol;

/// <summary>A release is of a schema that came after this program.</summary>
internal sealed class NewerSchemaException(
    int schema) : JsonException($"It has schema {schema}; this program reads schema {PayloadJson.Schema}.");
