namespace Bento.Building.Programs;

/// <summary>The expressions that Bento has evaluated.</summary>
internal static class NixExpression
{
    /// <summary>Of a flake's <c>nixosConfigurations</c>: their names, with none of them evaluated.</summary>
    public const string AttributeNames = "builtins.attrNames";

    /// <summary>
    /// Of a directory with a <c>configuration.nix</c>: its system. The path is made from a string, so it is not copied to the store.
    /// </summary>
    public const string ChannelSystem =
        "{ dir }: let c = (import <nixpkgs/nixos> { configuration = /. + (dir + \"/configuration.nix\"); }).system; in { d = c.drvPath; "
            + "o = c.outPath; }";

    /// <summary>
    /// Of <c>nixosConfigurations</c>: some systems, one after the other, each told by a trace as soon as it is known. What does not
    /// evaluate ends it, with its own message; the traces tell how far it came.
    /// </summary>
    /// <param name="mark">What every trace begins with: nothing that a configuration could know.</param>
    /// <param name="attributes">Which of them, in this order.</param>
    /// <returns>A function of <c>nixosConfigurations</c>.</returns>
    public static string Systems(string mark, IEnumerable<string> attributes) =>
        Systems(mark, $"[ {string.Concat(attributes.Select(attribute => NixLiteral.Quote(attribute) + " "))}]");

    /// <summary>The same of the first of all systems: one part of so many.</summary>
    /// <param name="mark">What every trace begins with.</param>
    /// <param name="parts">How many evaluations share the work.</param>
    /// <returns>A function of <c>nixosConfigurations</c>.</returns>
    public static string FirstSystems(string mark, int parts) =>
        Systems(mark, $"(builtins.genList (builtins.elemAt names) ((builtins.length names + {parts - 1}) / {parts}))");

    /// <summary>Of nothing: derivations that are in the store, as <c>nix-instantiate --add-root</c> takes them.</summary>
    /// <param name="derivations">The derivations.</param>
    /// <returns>An expression.</returns>
    public static string Instantiated(IEnumerable<StorePath> derivations) =>
        "map (d: { type = \"derivation\"; name = \"system\"; drvPath = builtins.storePath d; outPath = d; outputName = \"out\"; }) " +
        $"[ {string.Concat(derivations.Select(derivation => NixLiteral.Quote(derivation.ToString()) + " "))}]";

    private static string Systems(string mark, string chosen) =>
        "cs: let names = builtins.attrNames cs; " +
        $"say = v: builtins.trace ({NixLiteral.Quote(mark)} + builtins.toJSON v) null; " +
        "one = n: let c = cs.${n}.config.system.build.toplevel or null; in " +
        "if !(cs ? ${n}) then { a = n; e = \"missing\"; } " +
        "else if !(builtins.isAttrs c && c ? drvPath && c ? outPath) then { a = n; e = \"other\"; } " +
        "else { a = n; d = c.drvPath; o = c.outPath; }; " +
        $"in builtins.foldl' (done: n: builtins.seq done (say (one n))) (say {{ inherit names; }}) {chosen}";
}
