namespace Bento.Cli.Status;

/// <summary>How the status of a fleet is written.</summary>
internal enum StatusFormat
{
    /// <summary>A row a host, for people.</summary>
    Table,

    /// <summary>A document, for programs.</summary>
    Json,

    /// <summary>One line, for cron.</summary>
    Summary,

    /// <summary>Metrics, for a node_exporter.</summary>
    Prometheus,
}
