using System.Text.Json.Serialization;
using Bento.Hosts;

namespace Bento.Publishing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(ExactNameConverter<ConfigurationKind>)],
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(ReleaseDocument))]
[JsonSerializable(typeof(EnvelopeDocument))]
[JsonSerializable(typeof(SchemaDocument))]
[JsonSerializable(typeof(SecretLedgerDocument))]
internal sealed partial class ReleaseJsonContext : JsonSerializerContext;
