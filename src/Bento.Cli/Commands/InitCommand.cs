using System.CommandLine;
using Bento.Cli.Configuration;
using Bento.Hosts;

namespace Bento.Cli.Commands;

/// <summary><c>bento init</c>: makes a Bento directory to start from. Never overwrites.</summary>
internal static class InitCommand
{
    private const string Prefix = "scaffold/";

    public static Command Create(CliIo io)
    {
        var directory = CommonOptions.Directory();
        var command = new Command("init", "Make a Bento directory with an example host.") { directory };
        command.SetAction((parsed, _) => Task.FromResult(Run(io, Settings.BentoDirectory(io, parsed.GetValue(directory)))));
        return command;
    }

    private static int Run(CliIo io, string directory)
    {
        var files = typeof(InitCommand).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => name, StringComparer.Ordinal);
        files["bento.schema.json"] = "bento.schema.json";
        var existing = files.Keys.Append("hosts").Append("utils").Append("flake.nix")
            .Where(name => Path.Exists(Path.Join(directory, name)))
            .Select(name => new FleetProblem(name, $"It exists already in '{directory}'; 'bento init' overwrites nothing."))
            .ToList();
        if (existing.Count > 0)
        {
            throw new InvalidFleetException(existing);
        }

        foreach (var (path, resource) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Write(Path.Join(directory, path), resource);
            io.Out.WriteLine(path);
        }

        _ = File.CreateSymbolicLink(Path.Join(directory, "hosts", "example", "utils"), "../../utils");
        io.Error.WriteLine($"Made a Bento directory in '{directory}'. Next: describe your hosts below hosts/, then 'bento deploy'.");
        return ExitCodes.Success;
    }

    private static void Write(string path, string resource)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var content = JsonFile.Resource(resource);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(file);
    }
}
