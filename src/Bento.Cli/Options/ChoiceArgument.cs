using System.CommandLine;

namespace Bento.Cli.Options;

/// <summary>An argument that is one of a few words.</summary>
internal static class ChoiceArgument
{
    /// <param name="argument">The argument.</param>
    /// <param name="what">What its words are called: <c>shell</c>.</param>
    /// <param name="choices">The words.</param>
    public static Argument<string> OneOf(this Argument<string> argument, string what, params IReadOnlyList<string> choices)
    {
        argument.CompletionSources.Add([.. choices]);
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !choices.Contains(token.Value))
            {
                result.AddError(
                    $"Unknown {what} '{token.Value}'.{Suggestion.For(token.Value, choices)} Choose one of: {string.Join(", ", choices)}.");
            }
        });
        return argument;
    }
}
