using System.Text.Json.Serialization;

namespace Bento.Agents.Secrets;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(SecretRecordDocument))]
internal sealed partial class SecretRecordJsonContext : JsonSerializerContext;
