using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Status;

namespace Bento.Cli.History;

/// <summary>The names of outcomes, for people.</summary>
internal static class OutcomeWords
{
    /// <summary>As the table of status calls it.</summary>
    public static string Name(Enum outcome) => outcome switch
    {
        AttemptOutcome.AutoUpdated or BashOutcome.AutoUpdate => "auto upgraded",
        AttemptOutcome.RolledBack or BashOutcome.Rollback => "rollbacked",
        _ => JsonOutput.Word(outcome).Replace('-', ' '),
    };
}
