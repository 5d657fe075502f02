using Bento.Protocol;

namespace Bento.Cli.Terminal;

/// <summary>Where a configuration comes from, as JSON (docs/guide/json.md).</summary>
internal sealed record ProvenanceDocument(
    string Commit, DateTimeOffset CommittedAt, string? Branch, string? Tag, string Subject, bool Dirty)
{
    public static ProvenanceDocument? Of(Provenance? provenance) => provenance is null ? null : new ProvenanceDocument(
        provenance.Commit, provenance.CommittedAt, provenance.Branch, provenance.Tag, provenance.Subject, provenance.IsDirty);
}
