using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Hosts;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Commands;

/// <summary><c>bento init</c>: makes a Bento directory to start from. Never overwrites.</summary>
internal static class InitCommand
{
    private const string Prefix = "scaffold/";
    private const string Schema = "bento.schema.json";
    private const string SigningKey = ".bento/signing-key";

    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var command = new Command("init", "Make a Bento directory with an example host, or a bento.json beside the config.sh of bash bento.") { directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(io, Settings.BentoDirectory(io, parsed.GetValue(directory)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, CancellationToken cancellationToken)
    {
        if (Path.Exists(Path.Join(directory, ConfigSh.FileName)) && Directory.Exists(Path.Join(directory, "hosts")))
        {
            return await ConvertAsync(io, directory, cancellationToken);
        }

        var files = typeof(InitCommand).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => name, StringComparer.Ordinal);
        files[Schema] = Schema;
        RefuseToOverwrite(directory, [.. files.Keys, "hosts", "utils", "flake.nix", SigningKey]);

        // The key first: where it cannot be made, nothing else is.
        var key = await CreateKeyAsync(directory, cancellationToken);
        foreach (var (path, resource) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Write(Path.Join(directory, path), resource);
            await io.Out.WriteLineAsync(path);
        }

        _ = File.CreateSymbolicLink(Path.Join(directory, "hosts", "example", "utils"), "../../utils");
        await WriteKeyAsync(io, key);
        await io.Error.WriteLineAsync($"Made a Bento directory in '{directory}'. Next: describe your hosts below hosts/, then 'bento deploy'.");
        return ExitCodes.Success;
    }

    /// <summary>A directory of bash bento stays as it is, and gets what Bento needs beside it.</summary>
    private static async Task<int> ConvertAsync(CliIo io, string directory, CancellationToken cancellationToken)
    {
        var config = ConfigSh.Read(Path.Join(directory, ConfigSh.FileName));
        RefuseToOverwrite(directory, [Settings.BentoFileName, Schema, SigningKey]);
        var key = await CreateKeyAsync(directory, cancellationToken);
        Write(Path.Join(directory, Schema), Schema);
        await File.WriteAllTextAsync(Path.Join(directory, Settings.BentoFileName), ConvertedBentoFile.Write(config, SigningKey), cancellationToken);
        await io.Out.WriteLineAsync(Settings.BentoFileName);
        await io.Out.WriteLineAsync(Schema);
        foreach (var remark in config.Remarks)
        {
            await io.Error.WriteLineAsync($"bento: {remark}");
        }

        await WriteKeyAsync(io, key);
        await io.Error.WriteLineAsync($"Wrote a bento.json from {ConfigSh.FileName} in '{directory}'; nothing else was touched. Next: look at it, then 'bento deploy'.");
        return ExitCodes.Success;
    }

    private static void RefuseToOverwrite(string directory, IReadOnlyList<string> names)
    {
        var existing = names
            .Where(name => Path.Exists(Path.Join(directory, name)))
            .Select(name => new FleetProblem(name, $"It exists already in '{directory}'; 'bento init' overwrites nothing."))
            .ToList();
        if (existing.Count > 0)
        {
            throw new InvalidFleetException(existing);
        }
    }

    private static async Task WriteKeyAsync(CliIo io, PublicKey key)
    {
        await io.Out.WriteLineAsync(SigningKey);
        await io.Error.WriteLineAsync($"The key that signs releases is {SigningKey}. Hosts take releases of its public half only; give it to them:");
        await io.Error.WriteLineAsync($"  services.bento.trust.keys = [ \"{key}\" ];");
    }

    private static async Task<PublicKey> CreateKeyAsync(string directory, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = directory);
        await using var provider = services.BuildServiceProvider();
        var path = Path.Join(directory, SigningKey);
        var key = await provider.GetRequiredService<ISigningKeys>().CreateAsync(path, $"bento@{Environment.MachineName}", cancellationToken);

        // Neither the key nor the records of the fleet belong into a repository.
        await File.WriteAllTextAsync(Path.Join(Path.GetDirectoryName(path), ".gitignore"), "*\n", cancellationToken);
        return key;
    }

    private static void Write(string path, string resource)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var content = JsonFile.Resource(resource);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(file);
    }
}
