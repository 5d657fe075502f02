using Bento.Processes;

namespace Bento.Protocol;

/// <summary>Where a release comes from, as it is written in it.</summary>
/// <remarks>The time is one with a Z: an offset has a plus sign, which who computes an id again might write otherwise.</remarks>
internal sealed record ProvenanceDocument(
    string Commit, DateTime CommittedAt, string? Branch, string? Tag, string Subject, bool Dirty)
{
    private const int MaxTextLength = 200;

    /// <summary>Takes a text of a repository down to one short line.</summary>
    public static string Text(string text)
    {
        var line = PlainText.OfLine(text).Trim();
        var kept = line.Length > MaxTextLength && char.IsHighSurrogate(line[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return line.Length <= MaxTextLength ? line : $"{line[..kept]}…";
    }

    /// <summary>Whether a text is the name of a commit, by SHA-1 or SHA-256.</summary>
    public static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    public static ProvenanceDocument From(Provenance provenance) => new(
        provenance.Commit, provenance.CommittedAt.UtcDateTime, provenance.Branch, provenance.Tag, provenance.Subject, provenance.IsDirty);

    /// <exception cref="FormatException">A value is out of its grammar.</exception>
    public Provenance ToProvenance() => new()
    {
        Commit = IsCommit(Commit) ? Commit : throw new FormatException("The commit is not 40 or 64 hexadecimal digits."),
        CommittedAt = CommittedAt.ToUniversalTime() is var time && time >= DateTime.UnixEpoch
            ? new DateTimeOffset(time)
            : throw new FormatException("The time of the commit is out of range."),
        Branch = Branch is null ? null : Text(Branch),
        Tag = Tag is null ? null : Text(Tag),
        Subject = Text(Subject),
        IsDirty = Dirty,
    };
}
