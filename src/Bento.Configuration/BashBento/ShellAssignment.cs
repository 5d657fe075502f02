namespace Bento.Configuration.BashBento;

/// <summary>A line <c>NAME=value</c> of a shell file.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Name">The variable.</param>
/// <param name="Value">What it says; null when only a shell could tell.</param>
internal readonly record struct ShellAssignment(int Line, string Name, string? Value);
