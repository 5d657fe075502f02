using System.Text.Json.Serialization;

namespace Bento.Cli.Diff;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DifferenceDocument))]
internal sealed partial class DifferenceJsonContext : JsonSerializerContext;
