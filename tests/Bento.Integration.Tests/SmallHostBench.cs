using Bento.Agents;
using Bento.Hosts;
using Bento.Publishing;
using Bento.TestBench.Nix;

namespace Bento.Integration.Tests;

/// <summary>
/// A fleet whose hosts get their systems whole. Its hosts have some programs of Nix, no nixpkgs and no git; their store is that of the
/// operator, which forgets what it built.
/// </summary>
internal sealed class SmallHostBench : IDisposable
{
    /// <summary>How many small paths each system needs.</summary>
    public const int SmallPaths = 12;

    private readonly string _programs;

    public SmallHostBench(TestFleet? fleet = null)
    {
        Fleet = fleet ?? TestFleet.Local();
        _programs = Fleet.Nix.CreateDirectory("small-host/bin");
        foreach (var program in new[] { "nix", "nix-env", "nix-store" })
        {
            // Writes down what it is asked for, and does it.
            var path = Path.Join(_programs, program);
            File.WriteAllText(
                path,
                $"#!/bin/sh\necho {program} \"$@\" >> '{Calls}'\nPATH=/nowhere exec '{Find(program)}' \"$@\"\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Fleet.ConfigureHostNix = options =>
        {
            options.ProgramDirectory = _programs;
            options.Environment["NIX_PATH"] = string.Empty;
        };
    }

    public TestFleet Fleet { get; }

    /// <summary>What the hosts asked Nix for, a line a call.</summary>
    public string Calls => Path.Join(Fleet.Nix.CreateDirectory("small-host"), "calls");

    /// <summary>How the large path is built, as an expression of Nix.</summary>
    public string LargeScript { get; set; } = "''/usr/bin/seq 1 300000 > $out''";

    /// <summary>How the path is built that is a host's own; null for a few words.</summary>
    public Func<string, string>? OwnScript { get; set; }

    /// <summary>A path of so many bytes that no compression makes smaller, the same whenever it is built but for its end.</summary>
    public static string Random(int bytes, string end = "") =>
        $"''/usr/bin/perl -e 'srand 1; print pack(\"L\", rand 2**32) for 1..{bytes / 4}' > $out; echo {end} >> $out''";

    /// <summary>A system that needs small paths and a large one, of which one small path changes with the version.</summary>
    public string System(string host, string version) =>
        $$"""
        let
          make = name: script: derivation {
            inherit name;
            system = "{{TestSystem.Platform}}";
            builder = "/bin/sh";
            args = [ "-e" "-c" script ];
          };
          small = n: make "small-${toString n}" "echo ${toString n} > $out";
          large = make "large" {{LargeScript}};
          own = make "own" {{OwnScript?.Invoke(host) ?? $"\"echo {host} {version} > $out\""}};
        in mkSystem {
          host = "{{host}}";
          version = "{{version}}";
          buildScript = "mkdir -p $out; echo ${own} ${large} ${toString (builtins.genList small {{SmallPaths}})} > $out/needs";
        }
        """;

    public void WriteSystems(string version, params string[] hosts) =>
        Fleet.WriteExpressions("lab", [.. hosts.Select(host => (host, System(host, version)))]);

    public Task<DeployReport> DeployAsync(Action<BentoOptions>? configure = null) => Fleet.DeployAsync(configure: options =>
    {
        options.SystemDelivery = "*";
        configure?.Invoke(options);
    });

    public Task<AgentResult> RunAgentAsync(HostName host, TimeSpan later = default, Action<AgentOptions>? configure = null) =>
        Fleet.RunAgentAsync(host, configure, later: later);

    /// <summary>Makes a binary cache of all but the systems and what is their own, signed by a key.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="system">What needs the paths.</param>
    /// <param name="isTrusted">Whether the hosts trust that key.</param>
    public void PutIntoCache(string directory, StorePath system, bool isTrusted)
    {
        var keys = Fleet.Nix.CreateDirectory("cache-keys");
        var secret = Nix("nix", "--extra-experimental-features", "nix-command", "key", "generate-secret", "--key-name", "cache-1");
        File.WriteAllText(Path.Join(keys, "secret"), secret);
        var other = Nix("nix", "--extra-experimental-features", "nix-command", "key", "generate-secret", "--key-name", "cache-1");
        var known = NixWith(
            isTrusted ? secret : other, "nix", "--extra-experimental-features", "nix-command", "key", "convert-secret-to-public");
        var paths = Nix("nix-store", "--query", "--requisites", system.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => path.Contains("-small-", StringComparison.Ordinal) || path.EndsWith("-large", StringComparison.Ordinal));
        _ = Nix(
            "nix",
            ["--extra-experimental-features", "nix-command", "copy", "--to", $"file://{directory}?secret-key={keys}/secret", .. paths]);
        var configure = Fleet.ConfigureHostNix;
        Fleet.ConfigureHostNix = options =>
        {
            configure!(options);
            options.Environment["NIX_CONFIG"] = $"substituters = file://{directory}\ntrusted-public-keys = {known}";
        };
    }

    /// <summary>Takes everything out of the store that no host runs, as if the systems had been built elsewhere.</summary>
    public void Forget()
    {
        var roots = Path.Join(Fleet.Directory, ".bento", "roots");
        if (Directory.Exists(roots))
        {
            Directory.Delete(roots, recursive: true);
        }

        _ = Nix("nix-store", "--gc");
    }

    private string Nix(string program, params string[] arguments) => NixWith(string.Empty, program, arguments);

    private string NixWith(string input, string program, params string[] arguments)
    {
        var start = new global::System.Diagnostics.ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Fleet.Nix.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = global::System.Diagnostics.Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments[0]}: {error.GetAwaiter().GetResult()}");
        return output;
    }

    /// <summary>The files of closures in an area, by their names.</summary>
    public static IReadOnlyList<string> Stored(string areas, HostName host) =>
        [.. Directory.EnumerateFiles(Path.Join(areas, host.ToString(), "store")).Order(StringComparer.Ordinal)];

    public void Dispose() => Fleet.Dispose();

    private static string Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Join(directory, program))
        .First(File.Exists);
}
