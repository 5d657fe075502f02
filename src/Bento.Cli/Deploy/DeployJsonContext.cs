using System.Text.Json.Serialization;

namespace Bento.Cli.Deploy;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DeployDocument))]
internal sealed partial class DeployJsonContext : JsonSerializerContext;
