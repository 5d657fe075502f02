namespace Bento.Configuration.Documents;

/// <summary>The PostgreSQL that keeps releases and reports, where several operators share them.</summary>
internal sealed class StoreSection
{
    /// <summary>May hold a password: no message quotes it.</summary>
    public string? Connection { get; set; }

    public string? ConnectionFile { get; set; }

    public double RetrySeconds { get; set; } = 30;

    public bool Listen { get; set; } = true;
}
