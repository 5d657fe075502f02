namespace Bento.Hosts;

/// <summary>A file or directory that stays at home.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="IsIgnoredByGit">Whether git said so, rather than the names that Bento leaves out by itself.</param>
internal readonly record struct LeftOutFile(string Path, bool IsIgnoredByGit)
{
    /// <summary>The submodule of git that should be there and is not checked out; null for any other file.</summary>
    public AbsentSubmodule? Submodule { get; init; }
}
