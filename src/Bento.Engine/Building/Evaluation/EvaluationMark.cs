using System.Text.Json;
using Bento.Building.Programs;

namespace Bento.Building.Evaluation;

/// <summary>What an evaluation tells while it runs, by the traces of <see cref="NixExpression"/>. A closed hierarchy.</summary>
internal abstract record EvaluationMark
{
    private const string Trace = "trace: ";

    private EvaluationMark()
    {
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">A line of standard error.</param>
    /// <param name="mark">What the traces of this evaluation begin with.</param>
    /// <returns>What it tells; null when it is another line.</returns>
    public static EvaluationMark? Read(string line, string mark)
    {
        var start = Trace + mark;
        if (!line.StartsWith(start, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line.AsMemory(start.Length));
            var root = document.RootElement;
            return root.TryGetProperty("names", out var names)
                ? new Began([.. names.EnumerateArray().Select(name => name.GetString()!)])
                : new Told(root.GetProperty("a")
                    .GetString()!, EvaluationOutput.ReadSystem(root.GetProperty("a").GetString()!, root), SaysMissing(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool SaysMissing(JsonElement root) => root.TryGetProperty("e", out var error) && error.ValueEquals("missing");

    /// <summary>The flake is read.</summary>
    /// <param name="Names">All its systems, in the order of Nix.</param>
    public sealed record Began(IReadOnlyList<string> Names) : EvaluationMark;

    /// <summary>A system is evaluated.</summary>
    /// <param name="Attribute">Which.</param>
    /// <param name="System">The system; null when the attribute is something else.</param>
    /// <param name="IsMissing">Whether there is no such attribute.</param>
    public sealed record Told(string Attribute, SystemDerivation? System, bool IsMissing) : EvaluationMark;
}
