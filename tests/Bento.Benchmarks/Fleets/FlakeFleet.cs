using System.Globalization;
using Bento.Benchmarks.Processes;
using Bento.TestBench.Nix;

namespace Bento.Benchmarks.Fleets;

/// <summary>A Bento directory whose hosts are the systems of one flake, with a Nix store of its own that is empty at first.</summary>
internal sealed class FlakeFleet : IDisposable
{
    private const string Heavy =
        """mkSystem { host = "@"; version = toString (builtins.foldl' (sum: n: sum + n) 0 (builtins.genList (n: n + #) %)); }""";

    private readonly PrivateNixStore _nix = new();

    public FlakeFleet(int hosts, string version = "1")
    {
        Directory = _nix.CreateDirectory("fleet");
        Hosts = [.. Enumerable.Range(0, hosts).Select(index => string.Create(CultureInfo.InvariantCulture, $"host-{index:0000}"))];
        Flake = Path.Join(Directory, "hosts", "lab");
        Write(version);
        Environment = new Dictionary<string, string?>(_nix.Environment) { ["BENTO_DIR"] = Directory };
        Process = new MeasuredProcess(Environment, Directory);
    }

    public string Directory { get; }

    public string Flake { get; }

    public IReadOnlyList<string> Hosts { get; }

    public IReadOnlyDictionary<string, string?> Environment { get; }

    public MeasuredProcess Process { get; }

    public PrivateNixStore Nix => _nix;

    /// <summary>Writes the flake with another version of every system.</summary>
    public void Write(string version)
    {
        var flake = new TestFlake();
        foreach (var host in Hosts)
        {
            _ = flake.With(host, new TestSystem { Version = version });
        }

        _ = flake.WriteTo(Flake);
    }

    /// <summary>Writes the flake with systems that take a while to evaluate, as those of NixOS do.</summary>
    /// <param name="numbers">How many numbers each adds: 1,500,000 take about a third of a second.</param>
    public void WriteHeavy(int numbers)
    {
        var flake = new TestFlake();
        foreach (var (index, host) in Hosts.Index())
        {
            _ = flake.WithExpression(
                host,
                Heavy.Replace("@", host, StringComparison.Ordinal)
                    .Replace("#", $"{index}", StringComparison.Ordinal)
                    .Replace("%", $"{numbers}", StringComparison.Ordinal));
        }

        _ = flake.WriteTo(Flake);
    }

    public Task<Timing> BentoAsync(params string[] arguments) => Process.RunAsync(BentoProgram.FullPath, arguments);

    /// <summary>One nix build of all systems.</summary>
    public Task<Timing> NixBuildAsync() => Process.RunAsync(
        "nix", ["build", "--no-link", .. Hosts.Select(host => $"path:{Flake}#nixosConfigurations.{host}.config.system.build.toplevel")]);

    /// <summary>One evaluation of all systems.</summary>
    public Task<Timing> NixEvalAsync() => Process.RunAsync(
        "nix",
        "eval",
        "--json",
        $"path:{Flake}#nixosConfigurations",
        "--apply",
        "builtins.mapAttrs (name: host: host.config.system.build.toplevel.drvPath)");

    public void Dispose() => _nix.Dispose();
}
