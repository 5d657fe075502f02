namespace Bento.Building.Errors;

/// <summary>A place in a file that Nix points to.</summary>
/// <param name="File">The file as Nix names it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Code">The text of the line without indentation; null when Nix does not show it.</param>
internal sealed record SourcePosition(string File, int Line, int Column, string? Code = null);
