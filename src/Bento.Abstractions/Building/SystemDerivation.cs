namespace Bento.Building;

/// <summary>What evaluation says about one system: how it is built and where it will lie.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SystemDerivation
{
    /// <summary>The attribute of <c>nixosConfigurations</c>, or the name of the directory where there are no attributes.</summary>
    public required string Attribute { get; init; }

    /// <summary>The <c>.drv</c>, already in the store.</summary>
    public required StorePath Derivation { get; init; }

    /// <summary>The output path: the system, built or not.</summary>
    public required StorePath System { get; init; }
}
