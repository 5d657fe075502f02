using System.Text.Json.Serialization;

namespace Bento.Cli.Trust;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TrustDocument))]
[JsonSerializable(typeof(TrustSettingsDocument))]
internal sealed partial class TrustJsonContext : JsonSerializerContext;
