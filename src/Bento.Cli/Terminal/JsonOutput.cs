using System.Text.Json;
using Bento.Documents;

namespace Bento.Cli.Terminal;

/// <summary>How JSON is written for other programs.</summary>
internal static class JsonOutput
{
    /// <summary>Writes one document and a line feed.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="document">The document.</param>
    /// <param name="isIndented">Whether it has several lines.</param>
    public static void Write<T>(TextWriter writer, T document, bool isIndented = true)
        where T : class =>
        // JSON has its own escapes for what a terminal must not see.
        PlainWriter.Styled(writer).Write($"{DocumentJson.Write(document, isIndented)}\n");

    /// <summary>The word for one of a few values: <c>build-failed</c>.</summary>
    public static string Word(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
