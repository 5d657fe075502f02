namespace Bento.Processes;

/// <summary>A guard around a part of somebody else that passes on what the part can besides its contract.</summary>
internal interface IPartGuard
{
    /// <summary>The part itself.</summary>
    object Part { get; }
}
