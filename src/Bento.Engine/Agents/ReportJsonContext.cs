using System.Text.Json.Serialization;
using Bento.Publishing;

namespace Bento.Agents;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(ExactNameConverter<Outcome>), typeof(ExactNameConverter<Refusal>), typeof(ExactNameConverter<AttemptPhase>)],
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(AttemptStartDocument))]
[JsonSerializable(typeof(AttemptResultDocument))]
[JsonSerializable(typeof(HeartbeatDocument))]
[JsonSerializable(typeof(JournalDocument))]
[JsonSerializable(typeof(SecretRecordDocument))]
[JsonSerializable(typeof(PauseDocument))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
