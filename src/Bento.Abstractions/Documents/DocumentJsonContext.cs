using System.Text.Json.Serialization;

namespace Bento.Documents;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(HistoryDocument))]
[JsonSerializable(typeof(DifferenceDocument))]
[JsonSerializable(typeof(InputsDocument))]
[JsonSerializable(typeof(HostsDocument))]
[JsonSerializable(typeof(FindingsDocument))]
[JsonSerializable(typeof(DeployDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(RolloutDocument))]
[JsonSerializable(typeof(AgentStatusDocument))]
[JsonSerializable(typeof(TrustDocument))]
[JsonSerializable(typeof(TrustSettingsDocument))]
internal sealed partial class DocumentJsonContext : JsonSerializerContext;
