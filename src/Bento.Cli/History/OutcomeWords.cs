using System.Text.Json;

namespace Bento.Cli.History;

/// <summary>The words for outcomes: <c>build failed</c> for people, <c>build-failed</c> for programs.</summary>
internal static class OutcomeWords
{
    public static string Name(Enum outcome) => Word(outcome).Replace('-', ' ');

    public static string Word(Enum outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());
}
