using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bento.Benchmarks.Output;

/// <summary>All rows for a program to read.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Write(IEnumerable<Measurement> rows, Machine machine) => new JsonObject
    {
        ["schema"] = 1,
        ["at"] = machine.At,
        ["machine"] = machine.Description,
        ["rows"] = new JsonArray([.. rows.Select(Row)]),
    }.ToJsonString(Indented);

    private static JsonObject Row(Measurement row) => new()
    {
        ["work"] = row.Work,
        ["rival"] = row.Rival,
        ["quantity"] = row.Quantity.Name,
        ["ours"] = row.Ours,
        ["theirs"] = row.Theirs,
        ["ratio"] = row.Ratio,
        ["limit"] = row.Limit,
        ["isHeld"] = row.IsHeld,
        ["note"] = row.Note,
    };
}
