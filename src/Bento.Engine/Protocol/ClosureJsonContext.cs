using System.Text.Json.Serialization;

namespace Bento.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(ClosureManifestDocument))]
[JsonSerializable(typeof(SchemaDocument))]
internal sealed partial class ClosureJsonContext : JsonSerializerContext;
