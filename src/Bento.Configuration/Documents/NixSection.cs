namespace Bento.Configuration.Documents;

/// <summary>How Nix is used.</summary>
internal sealed class NixSection
{
    public string? ProgramDirectory { get; set; }

    public List<string> ExtraArguments { get; set; } = [];

    public int? MaxConcurrentEvaluations { get; set; }

    /// <summary>In MiB.</summary>
    public int? EvaluationMemory { get; set; }
}
