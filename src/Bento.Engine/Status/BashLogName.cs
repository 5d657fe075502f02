using System.Text.RegularExpressions;

namespace Bento.Status;

/// <summary>
/// The name of a log of bash bento: <c>YYYYMMDD-HHMM_&lt;store name&gt;_&lt;outcome&gt;.log.gz</c>. Its parts are compared as they are,
/// never used as a pattern.
/// </summary>
internal readonly partial record struct BashLogName(string Stamp, StorePath System, BashOutcome Outcome)
{
    public static BashLogName? TryParse(string name)
    {
        var match = Grammar().Match(name);
        return match.Success && StorePath.TryParse($"/nix/store/{match.Groups[2].Value}", null, out var system)
            ? new BashLogName(match.Groups[1].Value, system, match.Groups[3].Value switch
            {
                "success" => BashOutcome.Success,
                "rollback" => BashOutcome.Rollback,
                "autoupdate" => BashOutcome.AutoUpdate,
                _ => BashOutcome.Failure,
            })
            : null;
    }

    public bool Is(BashLog log) => log.Stamp == Stamp && log.System == System && log.Outcome == Outcome;

    [GeneratedRegex(
        @"\A([0-9]{8}-[0-9]{4})_([^_]{33}.{1,211})_(success|failure|rollback|autoupdate)\.log\.gz\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
