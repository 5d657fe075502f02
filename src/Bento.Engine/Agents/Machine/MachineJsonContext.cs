using System.Text.Json.Serialization;

namespace Bento.Agents.Machine;

/// <summary>Files of a system that others than Bento write.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class MachineJsonContext : JsonSerializerContext;
