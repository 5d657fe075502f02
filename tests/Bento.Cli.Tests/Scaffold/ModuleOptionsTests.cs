using System.Text;
using System.Text.Json;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Scaffold;

/// <summary>The page of the options of the NixOS modules is made of the modules.</summary>
public sealed class ModuleOptionsTests
{
    private const string Page = "docs/guide/nixos-options.md";

    private const string Collect =
        """
        let
          lib = import LIB;
          collect = path: set: builtins.concatLists (map
            (name: let option = set.${name}; place = path ++ [ name ]; in
              if option ? isOption then [ {
                name = builtins.concatStringsSep "." place;
                type = option.type.description;
                default = option.defaultText or (if option ? default then builtins.toJSON option.default else null);
                inherit (option) description;
              } ] else collect place option)
            (builtins.attrNames set));
          of = path: collect [ ] (import path { inherit lib; config = { }; pkgs = { }; }).options;
        in
        of AGENT ++ of SERVER
        """;

    [Fact]
    public async Task It_says_of_each_option_what_the_module_says()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        using var nix = new PrivateNixStore();
        var expression = Collect.Replace("LIB", Path.Join(AppContext.BaseDirectory, "Nix", "nixpkgs-lib.nix"), StringComparison.Ordinal)
            .Replace("AGENT", Repository.PathTo("src/Bento.Configuration/Scaffold/utils/bento.nix"), StringComparison.Ordinal)
            .Replace("SERVER", Repository.PathTo("nix/server.nix"), StringComparison.Ordinal);
        var run = await CliProcess.RunAsync("nix-instantiate", ["--eval", "--strict", "--json", "--expr", expression], nix.Environment);
        Assert.True(run.ExitCode == 0, run.Error);
        using var options = JsonDocument.Parse(run.Out);

        var page = new StringBuilder(
            """
            # Options of the NixOS modules

            `utils/bento.nix` makes a machine a host of a fleet (`services.bento`), `utils/server.nix` makes it the server of one
            (`services.bento-server`; `fleet.nix` switches it on with the hosts of the Bento directory). `bento init` writes all three. This page is
            made of the modules; a test compares them.

            | option | type | default | meaning |
            | --- | --- | --- | --- |

            """);
        foreach (var option in options.RootElement.EnumerateArray())
        {
            var value = option.GetProperty("default").GetString();
            _ = page.Append($"| `{option.GetProperty("name").GetString()}` | {option.GetProperty("type").GetString()} | ")
                .Append(value is null ? "required" : $"`{value}`")
                .Append($" | {option.GetProperty("description").GetString()} |\n");
        }

        var written = Path.Join(AppContext.BaseDirectory, "nixos-options.received.md");
        await File.WriteAllTextAsync(written, page.ToString(), TestContext.Current.CancellationToken);
        Assert.True(
            page.ToString() == await File.ReadAllTextAsync(Repository.PathTo(Page), TestContext.Current.CancellationToken),
            $"{Page} is not what the modules say. Where that is meant: cp {written} {Page}");
    }
}
