using System.Text.Json;
using Bento.Building;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Init;

/// <summary>A configuration that somebody keeps already in a directory that becomes a Bento directory.</summary>
/// <param name="Layout">Where its hosts are described; null where nothing says so yet.</param>
/// <param name="Inventory">The hosts that were found.</param>
internal sealed record ExistingTree(string? Layout, FleetInventory Inventory)
{
    private const int MaxNames = 8;

    /// <summary>Shared modules refer to others, and those to others.</summary>
    private const int MaxRounds = 5;

    private const string Flake = "flake.nix";
    private const string Hosts = "hosts";

    /// <summary>What a directory may have before there is anything in it.</summary>
    private static readonly string[] Incidental = ["README", "LICENSE", "COPYING"];

    /// <summary>Whether there is more in a directory than what a new repository begins with.</summary>
    public static bool IsIn(string directory) => Directory.Exists(directory)
        && Directory.EnumerateFileSystemEntries(directory)
            .Select(path => Path.GetFileName(path))
            .Any(name => !name.StartsWith('.') && !Incidental.Any(begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Looks for hosts: in the flake at the root, and where that describes none, below <c>hosts/</c>.</summary>
    public static async Task<ExistingTree> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        var hasFlake = File.Exists(Path.Join(directory, Flake));
        var flake = hasFlake ? await FindAsync(directory, FleetLayout.Flake, cancellationToken) : null;
        if (flake is { Hosts.Count: > 0 })
        {
            return new ExistingTree("flake", flake);
        }

        if (!Directory.Exists(Path.Join(directory, Hosts)))
        {
            return new ExistingTree(null, flake ?? new FleetInventory([], []));
        }

        List<string> share = [];
        var hosts = await FindAsync(directory, FleetLayout.Hosts, cancellationToken);
        for (var round = 0; hosts.Unshared.Count > 0 && round < MaxRounds; round++)
        {
            share.AddRange(hosts.Unshared);
            hosts = await FindAsync(directory, FleetLayout.Hosts, cancellationToken, share);
        }

        return (hosts.Hosts.Count > 0 ? new ExistingTree("hosts", hosts) : new ExistingTree(null, flake ?? hosts)) with { Share = share };
    }

    /// <summary>What the directories of hosts have to be shipped with.</summary>
    public IReadOnlyList<string> Share { get; init; } = [];

    /// <summary>The <c>bento.json</c> for it.</summary>
    /// <param name="signingKey">The key that signs releases, relative to the Bento directory.</param>
    public string ToBentoFile(string signingKey) =>
        $$"""
        {
          "$schema": "./bento.schema.json",

          // The name of the fleet is in every release; a host obeys no other fleet.
          "fleet": "bento",
        {{(Layout is null ? null : $"""

          // Where the hosts are described: in the flake.nix at the root ("flake"), or in a directory each below hosts/ ("hosts").
          "layout": "{Layout}",

        """)}}{{(Share.Count == 0 ? null : $"""

          // What the hosts refer to beside their own directories: every host gets it.
          "share": [{string.Join(", ", Share.Select(path => $"\"{JsonEncodedText.Encode(path)}\""))}],

        """)}}
          // The areas of the hosts on this machine: one directory a host. With "server", they lie on another one.
          "areas": { "directory": ".bento/areas", "ownership": "current-user" },

          // The keys that sign every release; agents take no other releases. Keep a copy of them in a safe place.
          "signing": { "keys": ["{{JsonEncodedText.Encode(signingKey)}}"] }
        }

        """;

    /// <summary>What was found and what is next, a line each.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var problem in Inventory.Problems)
        {
            yield return $"note: {NextStepText.Of(problem)}";
        }

        if (Share.Count > 0)
        {
            yield return $"note: hosts refer to {string.Join(", ", Share)} beside their own directories: 'share' in bento.json ships it "
                + "with every host.";
        }

        var place = Layout == "flake" ? Flake : "hosts/";
        var names = string.Join(", ", Inventory.Hosts.Take(MaxNames));
        var more = Inventory.Hosts.Count > MaxNames ? $" and {Inventory.Hosts.Count - MaxNames} more" : null;
        yield return Inventory.Hosts.Count == 0
            ? "No host was found. Nothing else was changed. Next: describe one in hosts/NAME/, or in nixosConfigurations of a flake.nix"
            : $"Found {Plural.Of(Inventory.Hosts.Count, "host")} in {place}: {names}{more}. Nothing else was changed. Next: bento plan";
    }

    private static async Task<FleetInventory> FindAsync(
        string directory, FleetLayout layout, CancellationToken cancellationToken, IReadOnlyList<string>? share = null)
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options =>
        {
            options.Directory = directory;
            options.Layout = layout;
            foreach (var path in share ?? [])
            {
                options.Share.Add(path);
            }
        });
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await provider.GetRequiredService<IFleetInventory>().ReadAsync(cancellationToken);
        }
        catch (InvalidFleetException exception)
        {
            return new FleetInventory([], exception.Problems);
        }
        catch (NixException exception)
        {
            return new FleetInventory([], [new FleetProblem(layout == FleetLayout.Flake ? Flake : Hosts, exception.Message)]);
        }
    }
}
