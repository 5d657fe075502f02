using System.Text.Json.Serialization;

namespace Bento.Cli.Hosts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HostsDocument))]
internal sealed partial class HostsJsonContext : JsonSerializerContext;
