namespace Bento.Architecture.Tests;

/// <summary>One place where a room uses a type of another.</summary>
/// <param name="From">The room that uses it.</param>
/// <param name="To">The room that it lies in.</param>
/// <param name="Type">The name of the type.</param>
/// <param name="File">The file that uses it, from the folder of its project.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record Arrow(string From, string To, string Type, string File, int Line)
{
    public override string ToString() => $"{File}:{Line}: {From} -> {To} ({Type})";
}
