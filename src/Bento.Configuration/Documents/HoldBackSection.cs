namespace Bento.Configuration.Documents;

/// <summary>When a host holds itself back.</summary>
internal sealed class HoldBackSection
{
    public bool WhileLoggedIn { get; set; }

    public List<string> LockFiles { get; set; } = [];

    public double AtMostHours { get; set; } = 24;
}
