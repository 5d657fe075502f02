using System.Text.Json.Serialization;

namespace Bento.Cli.Agent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AgentStateDocument))]
internal sealed partial class AgentStateJsonContext : JsonSerializerContext;
