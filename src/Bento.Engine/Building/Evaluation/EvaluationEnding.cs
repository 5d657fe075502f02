namespace Bento.Building.Evaluation;

/// <summary>Why a process that evaluated some systems ended.</summary>
internal enum EvaluationEnding
{
    /// <summary>It has told all.</summary>
    Done,

    /// <summary>The next system does not evaluate, or the flake cannot be read.</summary>
    Failed,

    /// <summary>It took more memory than its share, and was stopped after a system.</summary>
    Large,

    /// <summary>It was killed, which is how machines without memory end programs.</summary>
    Killed,

    /// <summary>Another process of the same flake could not fetch something, and this one would try the same.</summary>
    Superseded,
}
