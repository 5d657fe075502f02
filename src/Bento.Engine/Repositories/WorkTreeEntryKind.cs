namespace Bento.Repositories;

/// <summary>What a line of <c>git ls-files</c> names.</summary>
internal enum WorkTreeEntryKind
{
    /// <summary>A file or link that git tracks.</summary>
    Tracked,

    /// <summary>A file or link that it does not track and does not ignore.</summary>
    Untracked,

    /// <summary>A directory with a repository of its own: a submodule, or one that is not tracked.</summary>
    Repository,
}
