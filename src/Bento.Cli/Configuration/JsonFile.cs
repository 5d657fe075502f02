using System.Text.Json;
using Bento.Hosts;

namespace Bento.Cli.Configuration;

/// <summary>Reads a configuration file, and says everything that is wrong with it at once, each problem with its path in the file.</summary>
internal static class JsonFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 32 };

    /// <param name="path">The file.</param>
    /// <param name="schemaResource">The name of the schema that is embedded in this program.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="InvalidFleetException">The file cannot be read, is no JSON, or breaks its schema.</exception>
    public static byte[] Read(string path, string schemaResource)
    {
        var name = Path.GetFileName(path);
        try
        {
            var bytes = BoundedFile.Read(path);
            using var document = JsonDocument.Parse(bytes, Lenient);
            using var schema = JsonDocument.Parse(Resource(schemaResource));
            var problems = SchemaCheck.Problems(document.RootElement, schema.RootElement)
                .Select(problem => new FleetProblem($"{name}: {problem.Path}", problem.Message))
                .ToList();
            return problems.Count == 0 ? bytes : throw new InvalidFleetException(problems);
        }
        catch (JsonException exception)
        {
            throw new InvalidFleetException(
                [new FleetProblem($"{name}: line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}", $"It is not JSON: {exception.Message}")], exception);
        }
    }

    /// <summary>A file that is embedded in this program.</summary>
    public static Stream Resource(string name) => typeof(JsonFile).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The program was built without its resource '{name}'.");
}
