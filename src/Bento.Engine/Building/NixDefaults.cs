namespace Bento.Building;

/// <summary>The defaults of <see cref="NixOptions"/>.</summary>
internal static class NixDefaults
{
    public const int LogTailLines = 20;
}
