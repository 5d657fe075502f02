using System.Runtime.InteropServices;
using Bento.Cli.Terminal;
using Bento.TestBench;
using Bento.TestBench.Nix;

namespace Bento.Cli.Tests.Native;

/// <summary>
/// The native program as nix/package.nix makes a package of it, in a root that has what a NixOS system has for it: the Nix store, and
/// neither /lib64 nor /usr/lib. A real Nix builds the package; what it takes from nixpkgs is made of the C library and the OpenSSL of this
/// machine.
/// </summary>
public sealed class NixPackageTests : IDisposable
{
    private static readonly string Program = Repository.PathTo("artifacts/native/bento");

    private readonly PrivateNixStore _nix;
    private readonly string _root;

    public NixPackageTests()
    {
        Assert.SkipUnless(PrivateNixStore.IsNixInstalled, "Nix is not installed");
        Assert.SkipUnless(File.Exists(Program), "there is no native program: eng/native.sh makes it");
        Assert.SkipUnless(File.Exists("/usr/bin/patchelf"), "patchelf is not installed");
        Assert.SkipUnless(
            Shell.IsRoot && Shell.Try("unshare", "--mount", "true").ExitCode == 0,
            "only root with mounts of its own can change its root directory");
        _nix = new PrivateNixStore();
        _root = _nix.CreateDirectory("root");
    }

    public void Dispose() => _nix.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task An_agent_verifies_and_unpacks_a_release_in_a_root_that_holds_nothing_but_its_package()
    {
        var fleet = _nix.CreateDirectory("fleet");
        _ = new TestFlake().With("web").WriteTo(Path.Join(fleet, "hosts", "web"));
        var key = _nix.CreateDirectory("keys") + "/key";
        Shell.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key);
        await File.WriteAllTextAsync(
            Path.Join(fleet, "bento.json"),
            $$"""{ "fleet": "home", "signing": { "keys": ["{{key}}"] } }""",
            TestContext.Current.CancellationToken);
        var deployed = await CliProcess.RunAsync(
            Program, ["deploy"], new Dictionary<string, string?>(_nix.Environment) { ["BENTO_DIR"] = fleet });
        Assert.True(deployed.ExitCode == ExitCodes.Success, deployed.Error);
        var package = Package();
        CopyToRoot(package);
        Shell.Run("cp", "-a", Path.Join(fleet, ".bento", "areas"), Path.Join(_root, "areas"));
        WriteAgent((await File.ReadAllTextAsync(key + ".pub", TestContext.Current.CancellationToken)).Trim());

        var run = await InRootAsync($"{package}/bin/bento", "agent", "once", "--config", "/agent.json");

        // Verified by ed25519 and SHA-2, fetched and unpacked; the program of Nix is what the root does not have.
        Assert.Contains("nix", run.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Success, run.ExitCode);
        Assert.Single(Directory.EnumerateFiles(Path.Join(_root, "state"), "flake.nix", SearchOption.AllDirectories));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_program_that_does_not_find_OpenSSL_says_so_before_it_begins()
    {
        var package = Package(withOpenSsl: false);
        CopyToRoot(package);

        var run = await InRootAsync($"{package}/bin/bento", "agent", "once", "--config", "/agent.json");

        Assert.Equal(ExitCodes.Machine, run.ExitCode);
        Assert.StartsWith("bento: OpenSSL is missing: libssl.so.3 cannot be loaded.", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_program_that_is_no_package_does_not_start_there()
    {
        File.Copy(Program, Path.Join(_root, "bento"));

        var run = await InRootAsync("/bento", "--version");

        Assert.Equal(127, run.ExitCode);
    }

    private Task<CliProcess> InRootAsync(params string[] command)
    {
        // What the kernel gives, and who is root: every NixOS has that.
        const string Script =
            """
            root=$1; shift
            mkdir -p "$root/proc" "$root/dev" "$root/etc"
            mount --rbind /proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 99
            printf 'root:x:0:0::/root:/bin/sh\n' > "$root/etc/passwd"
            exec chroot "$root" "$@"
            """;
        return CliProcess.RunAsync(
            "unshare",
            ["--mount", "--propagation", "private", "sh", "-c", Script, "sh", _root, .. command],
            new Dictionary<string, string?> { ["HOME"] = "/root", ["TMPDIR"] = "/" });
    }

    /// <summary>Builds nix/package.nix by a real Nix, with stand-ins for what it takes from nixpkgs.</summary>
    private string Package(bool withOpenSsl = true)
    {
        var libraries = Path.GetDirectoryName(Libraries().First())!;
        var loader = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "ld-linux-aarch64.so.1" : "ld-linux-x86-64.so.2";
        var expression = Path.Join(_nix.CreateDirectory("package"), "default.nix");
        File.WriteAllText(
            expression,
            $$"""
            let
              make = name: script: derivation {
                inherit name;
                system = builtins.currentSystem;
                builder = "/bin/sh";
                args = [ "-e" "-c" script ];
                PATH = "/usr/bin:/bin";
              };
              libc = make "libc" "mkdir -p $out/lib; cp -L {{libraries}}/libc.so.6 {{libraries}}/libm.so.6 {{libraries}}/{{loader}} $out/lib/";
              openssl = make "openssl" ''
                mkdir -p $out/lib
                {{(withOpenSsl ? $"cp -L {libraries}/libssl.so.3 {libraries}/libcrypto.so.3 $out/lib/; chmod u+w $out/lib/*; patchelf "
                    + "--set-rpath $out/lib $out/lib/libssl.so.3" : "")}}
              '';
              hook = "runHook() { :; }; ";
            in
            import {{Repository.Root}}/nix/package.nix {
              inherit openssl;
              fetchurl = null;
              lib = {
                makeLibraryPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/lib") packages);
                licenses.mit = "MIT";
              };
              patchelf = null;
              src = {{Program}};
              stdenv = {
                buildPlatform.canExecute = _: false;
                hostPlatform.system = builtins.currentSystem;
                cc = { inherit libc; bintools.dynamicLinker = "${libc}/lib/{{loader}}"; };
                mkDerivation = package: make "bento-${package.version}" "src=${package.src}; ${hook}${package.installPhase}";
              };
            }
            """);
        var start = new System.Diagnostics.ProcessStartInfo("nix-build", ["--no-out-link", expression]) { RedirectStandardOutput = true };
        foreach (var (name, value) in _nix.Environment)
        {
            start.Environment[name] = value;
        }

        using var build = System.Diagnostics.Process.Start(start)!;
        var package = build.StandardOutput.ReadToEnd().Trim();
        build.WaitForExit();
        Assert.Equal(0, build.ExitCode);
        return package;
    }

    private static IEnumerable<string> Libraries() => Directory.EnumerateDirectories("/lib", "*-linux-gnu")
        .Select(directory => Path.Join(directory, "libc.so.6"))
        .Where(File.Exists)
        .Where(path =>
            path.Contains(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64", StringComparison.Ordinal));

    private void CopyToRoot(string package)
    {
        Directory.CreateDirectory(Path.Join(_root, _nix.StoreDirectory));
        foreach (var path in Directory.EnumerateDirectories(_nix.StoreDirectory).Where(path =>
            path == package || path.EndsWith("-libc", StringComparison.Ordinal) || path.EndsWith("-openssl", StringComparison.Ordinal)))
        {
            Shell.Run("cp", "-a", path, Path.Join(_root, path));
        }
    }

    private void WriteAgent(string key) => File.WriteAllText(
        Path.Join(_root, "agent.json"),
        $$"""
        {
          "host": "web",
          "fleet": "home",
          "areas": { "directory": "/areas" },
          "trust": { "keys": ["{{key}}"] },
          "stateDirectory": "/state",
          "systemProfile": "/profiles/system",
          "currentSystem": "/run/current-system",
          "bootedSystem": "/run/booted-system",
          "useSystemd": false
        }
        """);
}
