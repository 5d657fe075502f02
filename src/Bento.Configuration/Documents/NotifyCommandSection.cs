namespace Bento.Configuration.Documents;

/// <summary>A program that gets JSON.</summary>
internal sealed class NotifyCommandSection
{
    public string? Name { get; set; }

    public List<string> Command { get; set; } = [];
}
