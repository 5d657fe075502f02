namespace Bento.PostgreSql;

/// <summary>Where the database is, and how long it may be away.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>
    /// How the database is reached, as Npgsql takes it: <c>Host=db;Database=bento;Username=bento</c>. It may hold a password, and is never
    /// written into a log or a message.
    /// </summary>
    /// <value>Default: empty, so that <see cref="ConnectionFile"/> is needed.</value>
    public string Connection { get; set; } = string.Empty;

    /// <summary>A file that holds <see cref="Connection"/>, for what runs with secrets in files. An absolute path.</summary>
    /// <value>Default: none.</value>
    public string? ConnectionFile { get; set; }

    /// <summary>How long a call tries again while the database is away: a restart, a failover. 0 to 10 minutes.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a watch is told by the database as soon as something changes. Behind a pooler that shares connections between transactions
    /// nobody is told, and a watch sees changes at its next look.
    /// </summary>
    /// <value>Default: true.</value>
    public bool Listen { get; set; } = true;
}
