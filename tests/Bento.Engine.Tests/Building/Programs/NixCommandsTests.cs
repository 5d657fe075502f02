using Bento.Building;
using Bento.Building.Programs;
using Bento.Protocol;

namespace Bento.Engine.Tests.Building.Programs;

public sealed class NixCommandsTests
{
    private static readonly StorePath Derivation = StorePath.Parse("/nix/store/1y4ga31ms7j7n5a621bqr7vxv4w397lw-nixos-system-a.drv");

    [Fact]
    public void A_flake_chooses_neither_its_inputs_nor_the_configuration_of_nix()
    {
        using var flake = FlakeReference.To(Source("/srv/bento"));

        var arguments = NixCommands.EvaluateFlake(flake, "f").Arguments;

        Assert.Contains("path:/srv/bento#nixosConfigurations", arguments);
        Assert.Contains("--no-update-lock-file", arguments);
        Assert.DoesNotContain("--no-write-lock-file", arguments);
        Assert.Equal("false", arguments[arguments.ToList().IndexOf("accept-flake-config") + 1]);
        Assert.Equal(["--apply", "f"], arguments.TakeLast(2));
    }

    [Fact]
    public void A_directory_with_a_plain_name_needs_no_registry()
    {
        using var flake = FlakeReference.To(Source("/var/lib/bento/snapshot-1.2_x"));

        Assert.Equal("path:/var/lib/bento/snapshot-1.2_x", flake.Url);
        Assert.Empty(flake.Arguments);
    }

    [Theory]
    [InlineData("/srv/bento", false, "path:/srv/bento?rev=")]
    [InlineData("/srv/bento", true, "path:/srv/bento")]
    public void A_flake_is_told_its_commit_unless_it_is_dirty(string directory, bool isDirty, string expected)
    {
        var commit = new string('a', 40);
        var source = Source(directory) with
        {
            Provenance = new Provenance { Commit = commit, CommittedAt = DateTimeOffset.UnixEpoch, IsDirty = isDirty },
        };

        using var flake = FlakeReference.To(source);

        Assert.Equal(isDirty ? expected : expected + commit, flake.Url);
    }

    [Fact]
    public void The_registry_of_an_odd_directory_is_gone_with_its_reference()
    {
        string registry;
        using (var flake = FlakeReference.To(Source("/srv/my hosts")))
        {
            registry = flake.Arguments[^1];
            Assert.Contains("\"/srv/my hosts\"", File.ReadAllText(registry), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(registry));
    }

    [Fact]
    public void A_build_goes_on_when_one_fails_and_names_its_link_only_when_it_has_one()
    {
        Assert.Equal(
            ["--realise", "--keep-going", "--log-format", "internal-json", "-v", Derivation.ToString()],
            NixCommands.Realise([Derivation]).Arguments);
        Assert.Contains("--add-root", NixCommands.Realise([Derivation], "/roots/a").Arguments);
    }

    [Fact]
    public void The_first_part_of_all_systems_or_the_chosen_ones_are_evaluated()
    {
        Assert.EndsWith("((builtins.length names + 3) / 4))", NixExpression.FirstSystems("m", 4), StringComparison.Ordinal);
        Assert.EndsWith(" [ \"a\" \"b\\${c}\" ]", NixExpression.Systems("m", ["a", "b${c}"]), StringComparison.Ordinal);
    }

    private static ConfigurationSource Source(string directory) => new()
    {
        Directory = directory,
        Kind = ConfigurationKind.Flake,
        Name = "fleet",
    };
}
