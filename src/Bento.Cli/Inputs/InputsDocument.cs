using System.Text.Json.Serialization;
using Bento.Building;
using Bento.Cli.Terminal;

namespace Bento.Cli.Inputs;

/// <summary>Which inputs of flakes moved, as JSON (docs/guide/json.md).</summary>
internal sealed record InputsDocument(int Schema, IReadOnlyList<InputsDocument.Flake> Flakes)
{
    public static void Write(TextWriter writer, IReadOnlyList<DirectoryInputs> directories) => JsonOutput.Write(
        writer,
        new InputsDocument(
            1, [.. directories.Select(directory => new Flake(directory.Directory, directory.Failure, [.. directory.Moves.Select(Of)]))]),
        InputsJsonContext.Default.InputsDocument);

    private static Move Of(InputMove move) => new(move.Input, Of(move.From), Of(move.To));

    private static Revision? Of(FlakeRevision? revision) => revision is null ? null : new(revision.Id, revision.Modified);

    internal sealed record Flake(string Directory, string? Failure, IReadOnlyList<Move> Moves);

    internal sealed record Move(string Input, Revision? From, Revision? To);

    internal sealed record Revision([property: JsonPropertyName("revision")] string Id, DateTimeOffset? Modified);
}
