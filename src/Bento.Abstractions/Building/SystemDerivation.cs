namespace Bento.Building;

/// <summary>What evaluation says about one system: how it is built and where it will lie.</summary>
/// <param name="Attribute">The attribute of <c>nixosConfigurations</c>, or the name of the directory where there are no attributes.</param>
/// <param name="Derivation">The <c>.drv</c>, already in the store.</param>
/// <param name="System">The output path: the system, built or not.</param>
/// <remarks>Immutable.</remarks>
public sealed record SystemDerivation(string Attribute, StorePath Derivation, StorePath System);
