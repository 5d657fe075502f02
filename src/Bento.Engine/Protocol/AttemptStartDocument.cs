namespace Bento.Protocol;

/// <summary>The start of an attempt as it is written.</summary>
internal sealed record AttemptStartDocument(
    int Schema, string Release, long Epoch, long Sequence, int Attempt, DateTimeOffset At, string? Running);
