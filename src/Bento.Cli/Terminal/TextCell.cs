namespace Bento.Cli.Terminal;

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Style">How it looks where colours are welcome: the number of an escape (ECMA-48, SGR); null for plain.</param>
internal readonly record struct TextCell(string Text, string? Style = null)
{
    public const string Bold = "1";
    public const string Green = "32";
    public const string Red = "91";
    public const string Yellow = "93";

    public static implicit operator TextCell(string text) => new(text);
}
