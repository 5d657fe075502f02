using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Bento.Building.Locks;

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class LockJsonContext : JsonSerializerContext;
