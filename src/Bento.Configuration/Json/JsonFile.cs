using System.Text.Json;
using Bento.Hosts;

namespace Bento.Configuration.Json;

/// <summary>
/// A configuration file that was read: its text, and everything in it that breaks its schema, each with its line and its path.
/// </summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Bytes">Its text.</param>
/// <param name="Places">Where everything in it stands.</param>
/// <param name="SchemaProblems">What breaks the schema; the path is that in the file.</param>
internal sealed record JsonFile(string Name, byte[] Bytes, JsonPlaces Places, IReadOnlyList<(string Path, string Message)> SchemaProblems)
{
    public const int MaxDepth = 32;

    public static JsonReaderOptions ReaderOptions { get; } = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaxDepth,
    };

    /// <param name="path">The file.</param>
    /// <param name="schema">What it may hold.</param>
    /// <exception cref="InvalidFleetException">The file cannot be read, or is not JSON.</exception>
    public static JsonFile Read(string path, Schema schema)
    {
        var name = Path.GetFileName(path);
        try
        {
            var bytes = BoundedFile.Read(path);
            if (JsonTextCheck.FirstProblem(bytes) is var (line, message))
            {
                throw new InvalidFleetException([new FleetProblem($"{name}:{line}", message)]);
            }

            using var document = JsonDocument.Parse(bytes, Lenient);
            return new JsonFile(name, bytes, JsonPlaces.Read(bytes), [.. SchemaCheck.Problems(document.RootElement, schema.Root)]);
        }
        catch (JsonException exception)
        {
            // The parser counts from zero, and says so behind its message.
            var what = exception.Message.Split(" LineNumber:", 2)[0].Trim();
            throw new InvalidFleetException(
                [new FleetProblem(
                    $"{name}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}",
                    $"Not valid JSON: {what} Look just before this place for a missing or extra comma, quote or bracket.")], exception);
        }
    }
}
