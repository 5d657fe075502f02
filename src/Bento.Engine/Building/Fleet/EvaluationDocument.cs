using Bento.Protocol;

namespace Bento.Building.Fleet;

/// <summary>An evaluation as it is kept on disk.</summary>
internal sealed record EvaluationDocument(
    string Fingerprint,
    ConfigurationKind Kind,
    string TreeHash,
    string Evaluator,
    IReadOnlyList<string>? Attributes,
    IReadOnlyDictionary<string, EvaluationDocument.Entry> Systems,
    ProvenanceDocument? Provenance = null)
{
    public static EvaluationDocument From(string fingerprint, string evaluator, EvaluatedDirectory evaluated) => new(
        fingerprint,
        evaluated.Kind,
        evaluated.TreeHash.ToString(),
        evaluator,
        evaluated.Attributes,
        evaluated.Derivations.ToDictionary(
            system => system.Key,
            system => new Entry(system.Value.Derivation.ToString(), system.Value.System.ToString()),
            StringComparer.Ordinal),
        evaluated.Provenance is { } provenance ? ProvenanceDocument.From(provenance) : null);

    /// <exception cref="FormatException">A path is not a store path.</exception>
    public EvaluatedDirectory ToEvaluated() => new(
        Kind,
        Protocol.TreeHash.Parse(TreeHash),
        Attributes,
        Systems.ToDictionary(
            system => system.Key,
            system => new SystemDerivation
            {
                Attribute = system.Key,
                Derivation = StorePath.Parse(system.Value.Derivation),
                System = StorePath.Parse(system.Value.System),
            },
            StringComparer.Ordinal))
    {
        Provenance = Provenance?.ToProvenance(),
    };

    /// <summary>One system.</summary>
    internal sealed record Entry(string Derivation, string System);
}
