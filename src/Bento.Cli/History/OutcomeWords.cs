using System.Text.Json;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Cli.History;

/// <summary>The words for outcomes: <c>build failed</c> for people, <c>build-failed</c> for programs.</summary>
internal static class OutcomeWords
{
    /// <summary>As the table of status calls it.</summary>
    public static string Name(Enum outcome) => outcome switch
    {
        AttemptOutcome.AutoUpdated or BashOutcome.AutoUpdate => "auto upgraded",
        AttemptOutcome.RolledBack or BashOutcome.Rollback => "rollbacked",
        _ => Word(outcome).Replace('-', ' '),
    };

    public static string Word(Enum outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());
}
