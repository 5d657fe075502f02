using System.Text.Json.Serialization;

namespace Bento.Publishing;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SecretLedgerDocument))]
internal sealed partial class SecretLedgerJsonContext : JsonSerializerContext;
