using System.CommandLine;
using Bento.Administration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.BashBento;
using Bento.Configuration.Editing;
using Bento.Configuration.Json;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Init;

/// <summary><c>bento init</c>: creates a Bento directory to start from. Never overwrites.</summary>
internal static class InitCommand
{
    private const string Prefix = "scaffold/";
    private const string SchemaFile = "bento.schema.json";
    private const string Example = "hosts/example/configuration.nix";
    private const string KeyPlaceholder = "@signing-key@";
    private const string SigningKey = ".bento/signing-key";
    private static readonly string[] OwnKey = [SigningKey, SigningKey + ".pub"];

    public static Command Create(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Option<string?>("--signing-key")
        {
            Description = "An existing key to sign releases with. Default: create one.",
            HelpName = "FILE",
        };
        var binaries = new Option<string[]>("--agent-binary")
        {
            Description = "A native bento that hosts run, one for each processor. Default: this program, and a release of Bento.",
            HelpName = "FILE",
        };
        var url = new Option<string?>("--agent-url")
        {
            Description = "Where hosts fetch it: a directory with bento-linux-x64, bento-linux-arm64. Default: the releases of Bento.",
            HelpName = "URL",
        };
        var command = new Command(
            "init",
            "Create a Bento directory with an example host, or add what Bento needs to a directory that has a configuration already.")
        {
            directory,
            key,
            binaries,
            url,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var bentoDirectory = DirectoryOption.Read(io, parsed);
            var own = parsed.GetValue(key) is { } file ? io.FullPath(file) : null;
            var given = (parsed.GetValue(binaries) ?? []).Select(io.FullPath).ToList();
            var programs = new Lazy<string>(() => AgentPrograms.Read(given).ToJson(parsed.GetValue(url)));
            return Path.Exists(Path.Join(bentoDirectory, Settings.BentoFileName))
                ? given.Count > 0 ? RenewAsync(io, bentoDirectory, programs.Value, cancellationToken) : SayKnownAsync(io, bentoDirectory)
                : Path.Exists(Path.Join(bentoDirectory, ConfigSh.FileName)) && Directory.Exists(Path.Join(bentoDirectory, "hosts"))
                ? ConvertAsync(io, bentoDirectory, own, cancellationToken)
                : ExistingTree.IsIn(bentoDirectory) ? AdoptAsync(io, bentoDirectory, own, cancellationToken)
                : MakeAsync(io, bentoDirectory, own, programs.Value, cancellationToken);
        });
        return command;
    }

    private static async Task<int> MakeAsync(
        CliIo io, string directory, string? own, string programs, CancellationToken cancellationToken)
    {
        var files = typeof(Schema).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => name, StringComparer.Ordinal);
        files[SchemaFile] = SchemaFile;
        RefuseToOverwrite(directory, [.. files.Keys, "hosts", "utils", "flake.nix", SigningKey]);

        // The key first: if it cannot be created or used, nothing else is created.
        var path = own ?? Path.Join(directory, SigningKey);
        var key = await WholeAsync(directory, [.. files.Keys, "hosts", "utils", .. own is null ? OwnKey : []], async () =>
        {
            var taken = await TakeKeyAsync(directory, path, isNew: own is null, cancellationToken);
            foreach (var (name, resource) in files)
            {
                Write(Path.Join(directory, name), resource);
            }

            await File.WriteAllTextAsync(Path.Join(directory, AgentPrograms.FileName), programs, cancellationToken);
            await TrustAsync(Path.Join(directory, Example), taken, cancellationToken);

            _ = File.CreateSymbolicLink(Path.Join(directory, "hosts", "example", "utils"), "../../utils");
            if (own is not null)
            {
                SigningKeysFile.Add(io.Environment, directory, path);
                SigningKeysFile.Remove(io.Environment, directory, 0, SigningKey);
            }

            return taken;
        });
        foreach (var name in files.Keys.Append(AgentPrograms.FileName).Order(StringComparer.Ordinal))
        {
            await io.Out.WriteLineAsync(name);
        }

        await SayKeyAsync(io, directory, path, key);
        await io.Error.WriteLineAsync(
            $"Created a Bento directory in '{directory}'. Next: describe your hosts in hosts/, then run: bento plan");
        return ExitCodes.Success;
    }

    /// <summary>The example trusts the key that was just made, so that it can be built as it is.</summary>
    private static async Task TrustAsync(string example, SshPublicKey key, CancellationToken cancellationToken) =>
        await File.WriteAllTextAsync(
            example,
            (await File.ReadAllTextAsync(example, cancellationToken)).Replace(KeyPlaceholder, key.ToString(), StringComparison.Ordinal),
            cancellationToken);

    /// <summary>Names other programs for the agents of a fleet: their next release has them.</summary>
    private static async Task<int> RenewAsync(CliIo io, string directory, string programs, CancellationToken cancellationToken)
    {
        const string Package = "utils/package.nix";
        if (!Path.Exists(Path.Join(directory, Package)))
        {
            Write(Path.Join(directory, Package), Prefix + Package);
            await io.Out.WriteLineAsync(Package);
        }

        await File.WriteAllTextAsync(Path.Join(directory, AgentPrograms.FileName), programs, cancellationToken);
        await io.Out.WriteLineAsync(AgentPrograms.FileName);
        await io.Error.WriteLineAsync("Hosts with services.bento get these programs with their next release. Next: bento plan");
        return ExitCodes.Success;
    }

    /// <summary>To make it again would be to overwrite it.</summary>
    private static async Task<int> SayKnownAsync(CliIo io, string directory)
    {
        await io.Error.WriteLineAsync(
            $"'{directory}' is a Bento directory already: it has a bento.json. Nothing was changed. Next: bento plan");
        return ExitCodes.Success;
    }

    /// <summary>Adds what Bento needs to a directory with a configuration that somebody keeps there, and changes nothing else.</summary>
    private static async Task<int> AdoptAsync(CliIo io, string directory, string? own, CancellationToken cancellationToken)
    {
        RefuseToOverwrite(directory, [SchemaFile, SigningKey]);
        var path = own ?? Path.Join(directory, SigningKey);
        ExistingTree? tree = null;
        var key = await WholeAsync(directory, [Settings.BentoFileName, SchemaFile, .. own is null ? OwnKey : []], async () =>
        {
            var taken = await TakeKeyAsync(directory, path, isNew: own is null, cancellationToken);
            tree = await ExistingTree.ReadAsync(directory, cancellationToken);
            Write(Path.Join(directory, SchemaFile), SchemaFile);
            await File.WriteAllTextAsync(
                Path.Join(directory, Settings.BentoFileName), tree.ToBentoFile(SigningKeysFile.Shown(directory, path)), cancellationToken);
            return taken;
        });
        await io.Out.WriteLineAsync(Settings.BentoFileName);
        await io.Out.WriteLineAsync(SchemaFile);
        await SayKeyAsync(io, directory, path, key);
        foreach (var line in tree!.Describe())
        {
            await io.Error.WriteLineAsync(line);
        }

        return ExitCodes.Success;
    }

    /// <summary>Adds what Bento needs to a directory of bash bento, and changes nothing there.</summary>
    private static async Task<int> ConvertAsync(CliIo io, string directory, string? own, CancellationToken cancellationToken)
    {
        var config = ConfigSh.Read(Path.Join(directory, ConfigSh.FileName));
        RefuseToOverwrite(directory, [Settings.BentoFileName, SchemaFile, SigningKey]);
        var path = own ?? Path.Join(directory, SigningKey);
        var key = await WholeAsync(directory, [Settings.BentoFileName, SchemaFile, .. own is null ? OwnKey : []], async () =>
        {
            var taken = await TakeKeyAsync(directory, path, isNew: own is null, cancellationToken);
            Write(Path.Join(directory, SchemaFile), SchemaFile);
            await File.WriteAllTextAsync(
                Path.Join(directory, Settings.BentoFileName),
                ConvertedBentoFile.Write(
                    config, SigningKeysFile.Shown(directory, path), hidesHosts: Path.Exists(Path.Join(directory, "flake.nix"))),
                cancellationToken);
            return taken;
        });
        await io.Out.WriteLineAsync(Settings.BentoFileName);
        await io.Out.WriteLineAsync(SchemaFile);
        foreach (var remark in config.Remarks)
        {
            await io.Error.WriteLineAsync($"bento: {remark}");
        }

        await SayKeyAsync(io, directory, path, key);
        await io.Error.WriteLineAsync(
            $"Converted {ConfigSh.FileName} to bento.json in '{directory}'; nothing else was changed. Next: read it, then run: bento plan");
        return ExitCodes.Success;
    }

    /// <summary>Creates everything or nothing: half of it would be in the way of the next try. None of it existed before.</summary>
    private static async Task<SshPublicKey> WholeAsync(string directory, IReadOnlyList<string> names, Func<Task<SshPublicKey>> make)
    {
        try
        {
            return await make();
        }
        catch
        {
            foreach (var path in names.Select(name => Path.Join(directory, name)))
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
                else if (File.Exists(path))
                {
                    File.Delete(path);
                }
            }

            throw;
        }
    }

    private static void RefuseToOverwrite(string directory, IReadOnlyList<string> names)
    {
        var existing = names
            .Where(name => Path.Exists(Path.Join(directory, name)))
            .Select(name => new FleetProblem(name, $"Already exists in '{directory}', and 'bento init' overwrites nothing."))
            .ToList();
        if (existing.Count > 0)
        {
            throw new InvalidFleetException(existing);
        }
    }

    private static async Task SayKeyAsync(CliIo io, string directory, string path, SshPublicKey key)
    {
        var shown = SigningKeysFile.Shown(directory, path);
        if (shown == SigningKey)
        {
            await io.Out.WriteLineAsync(SigningKey);
        }

        await io.Error.WriteLineAsync(
            $"The key that signs releases is {shown}. Hosts must trust its public key; add this to their configuration:");
        await io.Error.WriteLineAsync($"  services.bento.trust.keys = [ \"{key}\" ];");
    }

    private static async Task<SshPublicKey> TakeKeyAsync(string directory, string path, bool isNew, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = directory);
        await using var provider = services.BuildServiceProvider();
        var keys = provider.GetRequiredService<ISigningKeys>();
        var key = isNew
            ? await keys.CreateAsync(path, $"bento@{Environment.MachineName}", cancellationToken)
            : await keys.ReadAsync(path, cancellationToken);

        // Neither the key nor the records of the fleet belong in a repository.
        var state = Directory.CreateDirectory(
            Path.Join(directory, ".bento"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Join(state.FullName, ".gitignore"), "*\n", cancellationToken);
        return key;
    }

    private static void Write(string path, string resource)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var content = Schema.Resource(resource);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(file);
    }
}
