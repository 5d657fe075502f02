using System.Text.Json.Serialization;
using Bento.Protocol;

namespace Bento.Agents.Journal;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [
        typeof(ExactNameConverter<AttemptOutcome>), typeof(ExactNameConverter<Refusal>), typeof(ExactNameConverter<AttemptPhase>),
    ],
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(JournalDocument))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
