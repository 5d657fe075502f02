namespace Bento.Configuration.Documents;

/// <summary>What signs releases.</summary>
internal sealed class SigningSection
{
    public List<string> Keys { get; set; } = [];

    public int? Threshold { get; set; }
}
