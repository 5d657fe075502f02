namespace Bento.Configuration.Documents;

/// <summary>Whose releases a host takes.</summary>
internal sealed class TrustSection
{
    public List<string> Keys { get; set; } = [];

    public int Threshold { get; set; } = 1;

    public long Epoch { get; set; }

    public bool AllowUnsigned { get; set; }
}
