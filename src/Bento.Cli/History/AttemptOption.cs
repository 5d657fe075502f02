using System.CommandLine;
using System.Globalization;

namespace Bento.Cli.History;

/// <summary><c>--attempt 2</c> and <c>--attempt 7-2</c>.</summary>
internal static class AttemptOption
{
    public static Option<AttemptChoice> Create() => new("--attempt")
    {
        Description = "Which attempt at the newest release, or RELEASE-TRY such as 7-2. Default: the newest with a log.",
        HelpName = "N",
        CustomParser = result =>
        {
            var parts = result.Tokens[0].Value.Split('-');
            if (parts.Length <= 2
                && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
                && attempt > 0)
            {
                return new AttemptChoice(parts.Length == 2 ? parts[0] : null, attempt);
            }

            result.AddError($"'{result.Tokens[0].Value}' is not an attempt: give a number, or RELEASE-TRY such as 7-2.");
            return default;
        },
    };
}
