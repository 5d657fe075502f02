using System.Text.Json;
using Bento.Administration;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Scaffold;

/// <summary>fleet.nix and utils/server.nix, evaluated by the real Nix with a stand-in for nixpkgs' lib.</summary>
public sealed class ServerModuleTests : IDisposable
{
    private const string Evaluate =
        """
        let
          lib = import ./nixpkgs-lib.nix;
          fleet = import ./fleet/fleet.nix;
          pkgs = { openssh = "openssh"; git = "git"; zstd = "zstd"; callPackage = _: _: "/store/bento"; };
          module = import (builtins.head fleet.imports) { inherit lib config pkgs; };
          given = lib.merge [ fleet.services.bento-server (import ./given.nix) ];
          config = {
            nix.package = "nix";
            services.bento-server = lib.fill module.options.services.bento-server given;
          };
        in
        {
          inherit (module.config) users;
          sshd = module.config.services.openssh.extraConfig;
          refresh = module.config.systemd.services.bento-refresh;
          metrics = module.config.systemd.services.bento-metrics;
          failed = map (failure: failure.message) (builtins.filter (assertion: !assertion.assertion) module.config.assertions);
        }
        """;

    private const string Settings =
        """
        {
          // "hosts": not here, /* and not there
          "fleet": "a // b \" /* no */ , ]",
          "areas": { "directory": "/srv/100 % bento", /* a * b **/ },
          "hosts": {
            "web": { "publicKey": "ssh-ed25519 AAAA web,]", "tags": ["a", "b", // the last
            ], },
            "db": { "tags": [] },
          },
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
    public async Task It_reads_the_hosts_of_a_bento_json_with_comments_and_tells_sshd_what_every_server_is_told()
    {
        var module = await ModuleAsync("{ }");

        var users = module.GetProperty("users").GetProperty("users");
        Assert.Equal(["web"], users.EnumerateObject().Select(user => user.Name));
        Assert.Equal(
            "ssh-ed25519 AAAA web,]",
            users.GetProperty("web").GetProperty("openssh").GetProperty("authorizedKeys").GetProperty("keys")[0].GetString());
        Assert.Equal(
            Directives(new SshdConfiguration("/srv/100 % bento", hosts: 1).ToString()),
            Directives(module.GetProperty("sshd").GetString()!));
        Assert.Empty(module.GetProperty("failed").EnumerateArray());
    }

    [Fact]
    public async Task Without_the_bento_directory_on_it_there_are_no_timers()
    {
        var module = await ModuleAsync("{ }");

        Assert.Empty(module.GetProperty("refresh").EnumerateObject());
        Assert.Empty(module.GetProperty("metrics").EnumerateObject());
    }

    [Fact]
    public async Task Timers_refresh_releases_and_write_metrics_whole()
    {
        var module = await ModuleAsync(
            """{ directory = "/srv/fleet"; metrics.file = "/var/lib/x/bento.prom"; metrics.interval = "hourly"; }""");

        var refresh = module.GetProperty("refresh");
        Assert.Equal("daily", refresh.GetProperty("startAt").GetString());
        Assert.Equal("exec \"/store/bento/bin/bento\" refresh --all", refresh.GetProperty("script").GetString());
        Assert.Equal("/srv/fleet", refresh.GetProperty("environment").GetProperty("BENTO_DIR").GetString());
        var metrics = module.GetProperty("metrics");
        Assert.Equal("hourly", metrics.GetProperty("startAt").GetString());

        // The script as it is, with a program that says what it was asked for.
        _directory.WriteFile("bin/bento", "#!/bin/sh\necho \"$BENTO_DIR $*\"\n");
        File.SetUnixFileMode(_directory["bin/bento"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var script = metrics.GetProperty("script").GetString()!.Replace("/store/bento", _directory.FullPath, StringComparison.Ordinal);
        Shell.Run("env", "BENTO_DIR=/srv/fleet", $"BENTO_METRICS={_directory["deep/bento.prom"]}", "sh", "-e", "-c", script);
        Assert.Equal(
            "/srv/fleet status --prometheus\n",
            await File.ReadAllTextAsync(_directory["deep/bento.prom"], TestContext.Current.CancellationToken));
        Assert.Equal(["bento.prom"], Directory.EnumerateFiles(_directory["deep"]).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("areas = \"srv\";", "is not an absolute path")]
    [InlineData("metrics.file = \"/x\"; metrics.interval = \"daily\";", "needs services.bento-server.directory")]
    public async Task What_could_not_work_is_not_built(string given, string message)
    {
        var module = await ModuleAsync($"{{ {given} }}");

        Assert.Contains(message, Assert.Single(module.GetProperty("failed").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_flake_offers_the_package_the_overlay_and_the_modules()
    {
        Assert.SkipUnless(_nix is not null, "Nix is not installed");
        foreach (var file in new[] { "flake.nix", "nix/from-source.nix", "nix/server.nix", "nix/package.nix", "nix/deps.json" })
        {
            File.Copy(Repository.PathTo(file), _directory.WriteFile($"flake/{file}"), overwrite: true);
        }

        const string Module = "src/Bento.Configuration/Scaffold/utils/bento.nix";
        File.Copy(Repository.PathTo(Module), _directory.WriteFile($"flake/{Module}"), overwrite: true);
        _directory.WriteFile(
            "nixpkgs/flake.nix",
            """
            {
              outputs = { self }: rec {
                lib = {
                  genAttrs = names: make: builtins.listToAttrs (map (name: { inherit name; value = make name; }) names);
                  cleanSource = path: path;
                  makeLibraryPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/lib") packages);
                  licenses.mit = "MIT";
                  mkDefault = value: value;
                };
                legacyPackages = lib.genAttrs [ "x86_64-linux" "aarch64-linux" ] (system: rec {
                  stdenv = { hostPlatform.system = system; buildPlatform.canExecute = _: true; cc = "cc"; };
                  mkShell = shell: shell.packages;
                  dotnetCorePackages.sdk_10_0 = "sdk";
                  nix = "nix"; openssh = "openssh"; git = "git"; kexec-tools = "kexec-tools"; age = "age"; zstd = "zstd";
                  strace = "strace"; patchelf = "patchelf"; openssl = "/openssl"; zlib = "zlib";
                  buildDotnetModule = package:
                    let dependencies = builtins.fromJSON (builtins.readFile package.nugetDeps);
                    in "${package.pname} ${package.projectFile} ${toString (builtins.length dependencies)}";
                  callPackage = path: given: import path { inherit lib stdenv buildDotnetModule dotnetCorePackages openssl patchelf zlib; };
                });
              };
            }
            """);
        _directory.WriteFile(
            "ask.nix",
            """
            flake: {
              package = flake.packages.aarch64-linux.default;
              check = flake.checks.x86_64-linux.bento;
              shell = builtins.length flake.devShells.x86_64-linux.default;
              overlay = (flake.overlays.default { callPackage = path: _: baseNameOf path; } { }).bento;
              modules = builtins.attrNames flake.nixosModules;
              agent = map baseNameOf (flake.nixosModules.agent { lib.mkDefault = value: value; pkgs.callPackage = path: _: path; }).imports;
            }
            """);

        var run = await CliProcess.RunAsync(
            "nix",
            [
                "eval", "--json", "--impure", "--expr",
                $"import {_directory["ask.nix"]} ((import {_directory["flake/flake.nix"]}).outputs (rec {{ self = (import "
                    + $"{_directory["flake/flake.nix"]}).outputs {{ inherit self nixpkgs; "
                    + $"}}; nixpkgs = (import {_directory["nixpkgs/flake.nix"]})"
                    + ".outputs { self = { }; }; }))",
            ],
            _nix.Environment);

        Assert.True(run.ExitCode == 0, run.Error);
        using var answer = JsonDocument.Parse(run.Out);
        Assert.Matches("^bento src/Bento.Cli/Bento.Cli.csproj [1-9][0-9]+$", answer.RootElement.GetProperty("package").GetString());
        Assert.Equal(answer.RootElement.GetProperty("package").GetString(), answer.RootElement.GetProperty("check").GetString());
        Assert.Equal("from-source.nix", answer.RootElement.GetProperty("overlay").GetString());
        Assert.Equal(
            ["agent", "default", "server"], answer.RootElement.GetProperty("modules").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("bento.nix", answer.RootElement.GetProperty("agent")[0].GetString());
        Assert.Equal(7, answer.RootElement.GetProperty("shell").GetInt32());
    }

    private static IEnumerable<string> Directives(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('#'));

    private async Task<JsonElement> ModuleAsync(string given)
    {
        Assert.SkipUnless(_nix is not null, "Nix is not installed");
        Assert.Equal(ExitCodes.Success, (await CliRun.RunAsync(_directory["fleet"], "init")).ExitCode);
        _directory.WriteFile("fleet/bento.json", Settings);
        _directory.WriteFile("given.nix", given);
        _directory.WriteFile("evaluate.nix", Evaluate);
        File.Copy(Path.Join(AppContext.BaseDirectory, "Nix", "nixpkgs-lib.nix"), _directory["nixpkgs-lib.nix"]);
        var run = await CliProcess.RunAsync(
            "nix-instantiate", ["--eval", "--strict", "--json", _directory["evaluate.nix"]], _nix.Environment);
        Assert.True(run.ExitCode == 0, run.Error);
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }
}
