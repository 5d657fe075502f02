namespace Bento.Building.Locks;

/// <summary>An input of a flake that lies on this machine and nowhere else.</summary>
/// <param name="Name">The name of the input; that of an input of an input has both.</param>
/// <param name="Reference">What it is locked to, as Nix writes it: <c>path:/home/me/dep</c>.</param>
internal sealed record LocalInput(string Name, string Reference)
{
    /// <summary>Whether it lies beside the flake, rather than anywhere on the machine.</summary>
    public bool IsRelative => Reference.StartsWith("path:.", StringComparison.Ordinal);
}
