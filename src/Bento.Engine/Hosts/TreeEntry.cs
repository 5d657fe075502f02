namespace Bento.Hosts;

/// <summary>Something in a configuration tree that is shipped, links already followed.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="FullPath">Where it can be read.</param>
/// <param name="IsDirectory">A directory, or else a regular file.</param>
/// <param name="IsExecutable">Whether its owner may execute it; the one bit of a mode that Nix keeps.</param>
internal readonly record struct TreeEntry(string Path, string FullPath, bool IsDirectory, bool IsExecutable);
