namespace Bento.Cli.Terminal;

/// <summary>How an operation shows itself.</summary>
/// <param name="IsVerbose">Whether what Nix prints is shown.</param>
/// <param name="IsJson">Whether the result goes to standard output as JSON.</param>
internal sealed record OutputStyle(bool IsVerbose, bool IsJson);
