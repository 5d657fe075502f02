namespace Bento.Testing.Building;

/// <summary>What the directory describes that a builder is tested with.</summary>
public enum DescribedSystems
{
    /// <summary>The systems <c>alpha</c> and <c>beta</c>, which build.</summary>
    Good,

    /// <summary>The systems <c>alpha</c>, which does not evaluate, and <c>beta</c>, which builds.</summary>
    Broken,

    /// <summary>The systems <c>alpha</c>, which evaluates and does not build, and <c>beta</c>, which builds.</summary>
    Unbuildable,

    /// <summary>Nothing: it is torn or not in the language of the tool.</summary>
    Unreadable,
}
