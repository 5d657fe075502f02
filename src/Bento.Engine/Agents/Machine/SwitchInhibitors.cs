using System.Text.Json;

namespace Bento.Agents.Machine;

/// <summary>
/// What a system says must not change under a running machine: its file <c>switch-inhibitors</c>, a JSON map of texts (nixpkgs,
/// switchable-system.nix). Only what both systems name counts: what is new or gone inhibits nothing.
/// </summary>
internal static class SwitchInhibitors
{
    public const string FileName = "switch-inhibitors";

    /// <summary>A list of names; no system has a longer one for an honest reason.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <returns>The names whose values differ, in ordinal order; none when one of the systems has no such file.</returns>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> running, ReadOnlySpan<byte> next)
    {
        var before = Read(running);
        return [.. Read(next)
            .Where(inhibitor => before.TryGetValue(inhibitor.Key, out var value) && value != inhibitor.Value)
            .Select(inhibitor => inhibitor.Key)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A file that is not such a map inhibits nothing: the system's own check still stands before the switch.</summary>
    private static Dictionary<string, string> Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return utf8.IsEmpty ? [] : JsonSerializer.Deserialize(utf8, MachineJsonContext.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
