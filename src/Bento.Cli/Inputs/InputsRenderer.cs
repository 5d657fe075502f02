using System.Globalization;
using Bento.Building;
using Bento.Cli.Terminal;

namespace Bento.Cli.Inputs;

/// <summary>What an update made of the inputs of flakes.</summary>
internal static class InputsRenderer
{
    private const int ShortLength = 12;

    public static void Write(CliIo io, IReadOnlyList<DirectoryInputs> directories)
    {
        foreach (var directory in directories.Where(directory => directory.Failure is null))
        {
            io.Out.WriteLine(directory.Moves.Count == 0 ? $"{directory.Directory}: nothing new" : $"{directory.Directory}:");
            foreach (var move in directory.Moves)
            {
                io.Out.WriteLine($"  {move.Input}  {Words(move.From)} → {Words(move.To)}");
            }
        }
    }

    public static void WriteFailures(TextWriter writer, IReadOnlyList<DirectoryInputs> directories)
    {
        foreach (var directory in directories.Where(directory => directory.Failure is not null))
        {
            writer.WriteLine($"error: {directory.Directory}: {directory.Failure}");
        }
    }

    private static string Words(FlakeRevision? revision) => revision switch
    {
        null => "none",
        { Modified: { } modified } => $"{Short(revision.Id)} of {modified.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        _ => Short(revision.Id),
    };

    private static string Short(string id)
    {
        var text = id.StartsWith("sha256-", StringComparison.Ordinal) ? id["sha256-".Length..] : id;
        return text.Length > ShortLength ? text[..ShortLength] : text;
    }
}
