using System.Text.Json.Serialization;

namespace Bento.Status;

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RecordDocument))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
