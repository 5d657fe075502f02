using System.Text.Json;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Scaffold;

/// <summary>
/// The host that <c>bento init</c> writes as an example, evaluated and its agent built by the real Nix, with stand-ins for what it takes
/// from nixpkgs.
/// </summary>
public sealed class ExampleHostTests : IDisposable
{
    private const string Evaluate =
        """
        let
          lib = import ./nixpkgs-lib.nix;
          make = name: script: derivation {
            inherit name;
            system = builtins.currentSystem;
            builder = "/bin/sh";
            args = [ "-e" "-c" script ];
            PATH = "/usr/bin:/bin";
          };
          pkgs = {
            age = "age"; zstd = "zstd"; git = "git"; openssh = "openssh"; kexec-tools = "kexec-tools";
            writeShellScriptBin = name: text: { inherit name text; };
            callPackage = path: given: import path ({
              inherit lib;
              patchelf = null;
              openssl = "/usr";
              fetchurl = { name, url, hash }: import <nix/fetchurl.nix> { inherit name url hash; };
              stdenv = {
                buildPlatform.canExecute = _: false;
                hostPlatform.system = builtins.currentSystem;
                cc = { libc = "/usr"; bintools.dynamicLinker = "/lib64/ld-linux-x86-64.so.2"; };
                mkDerivation = package: make "bento-${package.version}" "runHook() { :; }; src=${package.src}; ${package.installPhase}";
              };
            } // given);
          };
          host = import ./fleet/hosts/example/configuration.nix { };
          module = import (builtins.head host.imports) { inherit lib config pkgs; };
          config = {
            networking = host.networking;
            nix.package = "nix";
            systemd.package = "systemd";
            services.bento = lib.fill module.options.services.bento host.services.bento;
          };
        in
        {
          package = config.services.bento.package;
          facts = {
            start = module.config.systemd.services.bento.serviceConfig.ExecStart;
            path = map (package: package.text) module.config.environment.systemPackages;
            failed = map (failure: failure.message) (builtins.filter (assertion: !assertion.assertion) module.config.assertions);
          };
        }
        """;

    private readonly TempDirectory _directory = new();
    private readonly PrivateNixStore? _nix = PrivateNixStore.IsNixInstalled ? new PrivateNixStore() : null;

    public void Dispose()
    {
        _nix?.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_evaluates_as_it_is_and_enabling_the_agent_is_all()
    {
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory["fleet"], "init")).ExitCode);

        var facts = await EvaluateAsync();

        Assert.Empty(facts.GetProperty("failed").EnumerateArray());
        var start = facts.GetProperty("start").GetString()!;
        Assert.Matches(@"^/.*-bento-[0-9.]+/bin/bento agent once$", start);
        Assert.Equal(
            $"exec {start[..^" agent once".Length]} \"$@\"", Assert.Single(facts.GetProperty("path").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Its_agent_is_the_program_that_the_operator_gave_fetched_by_its_hash()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/patchelf") && File.Exists("/lib64/ld-linux-x86-64.so.2"), "patchelf, on x86-64");
        File.Copy("/usr/bin/true", _directory.WriteFile("served/bento-linux-x64"), overwrite: true);

        var init = await CliRun.RunAsync(
            _directory["fleet"],
            "init", "--agent-binary", _directory["served/bento-linux-x64"], "--agent-url", $"file://{_directory["served"]}");
        var build = await NixAsync("nix-build", "--no-out-link", "-A", "package", _directory["evaluate.nix"]);

        Assert.Equal((ExitCodes.Success, 0), (init.ExitCode, build.ExitCode));
        Assert.Equal(0, Shell.Try($"{build.Out.Trim()}/bin/bento").ExitCode);
        Assert.Contains("/usr/lib", Shell.Run("patchelf", "--print-rpath", $"{build.Out.Trim()}/bin/bento"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_program_for_the_agents_is_named_in_the_same_directory_later()
    {
        _ = await CliRun.RunAsync(_directory["fleet"], "init");
        var before = await File.ReadAllTextAsync(_directory["fleet/utils/programs.json"], TestContext.Current.CancellationToken);

        var wrong = await CliRun.RunAsync(_directory["fleet"], "init", "--agent-binary", _directory["fleet/bento.json"]);
        var renewed = await CliRun.RunAsync(_directory["fleet"], "init", "--agent-binary", "/usr/bin/true");

        Assert.Equal((ExitCodes.Configuration, ExitCodes.Success), (wrong.ExitCode, renewed.ExitCode));
        Assert.Contains("It is not a native program for x86-64 or arm64", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("\"hash\": null", before, StringComparison.Ordinal);
        Assert.Contains(
            "\"hash\": \"sha256-",
            await File.ReadAllTextAsync(_directory["fleet/utils/programs.json"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private async Task<JsonElement> EvaluateAsync()
    {
        var run = await NixAsync("nix-instantiate", "--eval", "--strict", "--json", "-A", "facts", _directory["evaluate.nix"]);
        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private async Task<(int ExitCode, string Out, string Error)> NixAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(_nix is not null, "Nix is not installed");
        _ = _directory.WriteFile("evaluate.nix", Evaluate);
        File.Copy(Path.Join(AppContext.BaseDirectory, "Nix", "nixpkgs-lib.nix"), _directory["nixpkgs-lib.nix"], overwrite: true);
        var run = await CliProcess.RunAsync(program, arguments, _nix.Environment);
        return (run.ExitCode, run.Out, run.Error);
    }
}
