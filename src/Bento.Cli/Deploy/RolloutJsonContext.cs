using System.Text.Json.Serialization;

namespace Bento.Cli.Deploy;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RolloutDocument))]
internal sealed partial class RolloutJsonContext : JsonSerializerContext;
