namespace Bento.Building;

/// <summary>The expressions that Bento has evaluated.</summary>
internal static class NixExpression
{
    /// <summary>Of a flake's <c>nixosConfigurations</c>: their names, with none of them evaluated.</summary>
    public const string AttributeNames = "builtins.attrNames";

    /// <summary>Of a directory with a <c>configuration.nix</c>: its system. The path is made from a string, so it is not copied to the store.</summary>
    public const string ChannelSystem =
        "{ dir }: let c = (import <nixpkgs/nixos> { configuration = /. + (dir + \"/configuration.nix\"); }).system; in { d = c.drvPath; o = c.outPath; }";

    private const string SystemOfOne = "{ d = c.config.system.build.toplevel.drvPath; o = c.config.system.build.toplevel.outPath; }";

    /// <summary>Of <c>nixosConfigurations</c>: derivation and output of each; null for those that throw, so that one does not end the evaluation of all.</summary>
    /// <param name="attributes">Which of them; null for all.</param>
    /// <returns>A function of <c>nixosConfigurations</c>.</returns>
    public static string Systems(IReadOnlyCollection<string>? attributes) =>
        $"cs: builtins.mapAttrs (n: c: let v = {SystemOfOne}; r = builtins.tryEval (builtins.deepSeq v v); in if r.success then r.value else null) ({Chosen(attributes)})";

    /// <summary>Of <c>nixosConfigurations</c>: one, with its own error message when it throws.</summary>
    /// <param name="attribute">Which of them.</param>
    /// <returns>A function of <c>nixosConfigurations</c>.</returns>
    public static string SystemAlone(string attribute) => $"cs: builtins.mapAttrs (n: c: {SystemOfOne}) ({Chosen([attribute])})";

    private static string Chosen(IReadOnlyCollection<string>? attributes) => attributes is null
        ? "cs"
        : $"builtins.intersectAttrs {{ {string.Concat(attributes.Distinct(StringComparer.Ordinal).Select(a => NixLiteral.Quote(a) + " = null; "))}}} cs";
}
