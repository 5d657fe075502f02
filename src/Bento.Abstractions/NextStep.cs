using System.Diagnostics.CodeAnalysis;

namespace Bento;

/// <summary>What a person should do about a problem.</summary>
/// <param name="Text">A sentence, or a command of the machine after <c>Run: </c>. It names no command of an application of Bento:
/// <see cref="Verb"/> says which operation it means, and an application says how its users start that.</param>
/// <remarks>Immutable.</remarks>
public sealed record NextStep(string Text)
{
    /// <summary>The operation of Bento that does it; null when it takes something else.</summary>
    public NextStepVerb? Verb { get; init; }

    /// <summary>The host that the operation is for; null when it is for all, or for none.</summary>
    public HostName? Host { get; init; }

    /// <summary>Whether only root can do it.</summary>
    public bool NeedsRoot { get; init; }

    /// <summary>Makes a step of a sentence alone.</summary>
    /// <param name="text">The sentence; null makes null.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator NextStep?(string? text) => text is null ? null : new NextStep(text);

    /// <summary>The step as a sentence.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
