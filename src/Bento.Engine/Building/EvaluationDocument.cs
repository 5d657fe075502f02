using Bento.Protocol;

namespace Bento.Building;

/// <summary>An evaluation as it is kept on disk.</summary>
internal sealed record EvaluationDocument(
    string Fingerprint, ConfigurationKind Kind, string TreeHash, bool IsComplete, IReadOnlyDictionary<string, string> Systems)
{
    public static EvaluationDocument From(string fingerprint, EvaluatedDirectory evaluated) => new(
        fingerprint,
        evaluated.Kind,
        evaluated.TreeHash,
        evaluated.IsComplete,
        evaluated.Systems.ToDictionary(system => system.Key, system => system.Value.ToString(), StringComparer.Ordinal));

    /// <exception cref="FormatException">A system is no store path, or an attribute no host.</exception>
    public EvaluatedDirectory ToEvaluated() => new(
        Kind,
        TreeHash,
        IsComplete,
        Systems.ToDictionary(system => HostName.Parse(system.Key).ToString(), system => StorePath.Parse(system.Value), StringComparer.Ordinal));
}
