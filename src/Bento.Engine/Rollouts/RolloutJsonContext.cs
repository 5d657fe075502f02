using System.Text.Json.Serialization;

namespace Bento.Rollouts;

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RolloutDocument<RolloutState>))]
[JsonSerializable(typeof(RolloutDocument<HoldEntry>))]
internal sealed partial class RolloutJsonContext : JsonSerializerContext;
