namespace Bento.Transport;

/// <summary>What keeps a publisher from writing an area, or an sshd from serving it.</summary>
/// <param name="Message">What is the matter, as a sentence that names the path.</param>
/// <param name="NextStep">What repairs it.</param>
/// <remarks>Immutable.</remarks>
public sealed record AreaProblem(string Message, NextStep NextStep)
{
    /// <summary>The problem in a line.</summary>
    /// <returns>The message, then what repairs it.</returns>
    public override string ToString() => $"{Message} {NextStep}";
}
