namespace Bento.Repositories;

/// <summary>What git says of a file or directory.</summary>
internal enum FileOrigin
{
    /// <summary>It is in no work tree.</summary>
    Unknown,

    /// <summary>Git tracks it, or something in it.</summary>
    Tracked,

    /// <summary>Git does not track it yet, and no rule ignores it.</summary>
    Untracked,

    /// <summary>Git would not give it to anybody.</summary>
    Ignored,
}
