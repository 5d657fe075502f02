namespace Bento.Building.Errors;

/// <summary>What a program of Nix printed about its failure, taken apart.</summary>
/// <param name="Cause">The error itself, without what led to it.</param>
/// <param name="Trace">What was being evaluated at that moment, the innermost first.</param>
/// <param name="Programs">What programs that Nix started said before, such as git and ssh: often the reason, where the error is only that
/// they failed.</param>
internal sealed record NixReport(TraceEntry Cause, IReadOnlyList<TraceEntry> Trace, IReadOnlyList<string> Programs)
{
    /// <summary>All that tells why, and nothing of what merely led to it: for rules that look for words.</summary>
    public string Reason => string.Join('\n', [.. Programs, Cause.Text]);

    /// <summary>Whether Nix was fetching something.</summary>
    public bool IsFetching => Trace.Any(entry => entry.Text.StartsWith("while fetching the input", StringComparison.Ordinal));
}
