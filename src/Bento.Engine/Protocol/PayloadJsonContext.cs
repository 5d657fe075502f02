using System.Text.Json.Serialization;

namespace Bento.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(ExactNameConverter<ConfigurationKind>)],
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(PayloadDocument))]
[JsonSerializable(typeof(ReleaseFileDocument))]
[JsonSerializable(typeof(SchemaDocument))]
internal sealed partial class PayloadJsonContext : JsonSerializerContext;
