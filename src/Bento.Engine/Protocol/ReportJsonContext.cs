using System.Text.Json.Serialization;

namespace Bento.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(ExactNameConverter<AttemptOutcome>), typeof(ExactNameConverter<Refusal>)],
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(AttemptStartDocument))]
[JsonSerializable(typeof(AttemptResultDocument))]
[JsonSerializable(typeof(HeartbeatDocument))]
[JsonSerializable(typeof(PauseDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
