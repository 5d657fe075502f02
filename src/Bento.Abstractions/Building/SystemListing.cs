namespace Bento.Building;

/// <summary>The systems that a directory describes.</summary>
/// <param name="Attributes">Their attributes in ordinal order; empty when the directory could not be read.</param>
/// <param name="Failure">Why the directory could not be read; null when it could.</param>
/// <remarks>Immutable.</remarks>
public sealed record SystemListing(IReadOnlyList<string> Attributes, BuildFailure? Failure = null)
{
    /// <summary>Their attributes in ordinal order; empty when the directory could not be read.</summary>
    public IReadOnlyList<string> Attributes { get; init => field = ValueList.Of(value); } = ValueList.Of(Attributes);
}
