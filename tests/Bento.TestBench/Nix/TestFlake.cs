using System.Text.Json.Nodes;

namespace Bento.TestBench.Nix;

/// <summary>Writes a flake whose <c>nixosConfigurations</c> are stand-ins for NixOS systems.</summary>
public sealed class TestFlake
{
    private readonly JsonObject _systems = [];
    private readonly List<string> _expressions = [];

    /// <summary>Declarations of inputs in the language of Nix, such as <c>inputs.dep.url = "path:/dep";</c>.</summary>
    /// <value>Default: none, so that the flake needs no lock file.</value>
    public string Inputs { get; set; } = string.Empty;

    /// <summary>Adds a host.</summary>
    /// <param name="host">The attribute.</param>
    /// <param name="system">Its system; null for one with all defaults.</param>
    /// <returns>The same object.</returns>
    public TestFlake With(string host, TestSystem? system = null)
    {
        _systems[host] = (system ?? new TestSystem()).ToJson();
        return this;
    }

    /// <summary>Adds a host whose system is written in the language of Nix.</summary>
    /// <param name="host">The attribute; plain characters only.</param>
    /// <param name="expression">What <c>config.system.build.toplevel</c> is, such as <c>throw "no"</c>; <c>mkSystem { host = "x"; }</c>
    /// makes a stand-in, <c>systems</c> has the others.</param>
    /// <returns>The same object.</returns>
    public TestFlake WithExpression(string host, string expression)
    {
        _expressions.Add($"    \"{host}\".config.system.build.toplevel = {expression};\n");
        return this;
    }

    /// <summary>Writes the flake, over one that is there.</summary>
    /// <param name="directory">The directory; made when it is missing.</param>
    /// <returns>The directory.</returns>
    public string WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Join(directory, "system.nix"), TestSystem.Function);
        File.WriteAllText(Path.Join(directory, "systems.json"), _systems.ToJsonString());
        File.WriteAllText(Path.Join(directory, "flake.nix"), Text());
        return directory;
    }

    private string Text() =>
        $$"""
        {
          {{Inputs}}
          outputs = { self, ... }: let
            mkSystem = import ./system.nix;
            systems = builtins.mapAttrs (host: given: mkSystem ({ inherit host; } // given)) (builtins.fromJSON (builtins.readFile ./systems.json));
          in {
            nixosConfigurations = builtins.mapAttrs (host: system: { config.system.build.toplevel = system; }) systems // {
        {{string.Concat(_expressions)}}
            };
          };
        }

        """;
}
