using System.Text.Json.Serialization;

namespace Bento.Cli.Inputs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InputsDocument))]
internal sealed partial class InputsJsonContext : JsonSerializerContext;
