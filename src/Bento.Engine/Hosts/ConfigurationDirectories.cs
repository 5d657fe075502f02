using Bento.Files;
using Bento.Protocol;

namespace Bento.Hosts;

/// <summary>Finds the configuration directories of a fleet. Starts no Nix.</summary>
internal static class ConfigurationDirectories
{
    /// <exception cref="InvalidFleetException">There is nothing that could be a fleet.</exception>
    public static FoundDirectories Find(string bentoDirectory, FleetLayout layout)
    {
        if (!Directory.Exists(bentoDirectory))
        {
            throw Invalid(
                ".", $"The Bento directory '{bentoDirectory}' does not exist.");
        }

        return layout == FleetLayout.Flake || (layout == FleetLayout.Auto && File.Exists(Path.Join(bentoDirectory, BentoFiles.Flake)))
            ? new FoundDirectories([WholeTree(bentoDirectory)], [])
            : FindBelowHosts(bentoDirectory);
    }

    private static ConfigurationDirectory WholeTree(string bentoDirectory) => File.Exists(Path.Join(bentoDirectory, BentoFiles.Flake))
        ? new ConfigurationDirectory(".", bentoDirectory, ConfigurationKind.Flake, FindMarks(bentoDirectory))
        : throw Invalid(BentoFiles.Flake, "The layout is 'flake', but there is no flake.nix at the root of the Bento directory.");

    private static FoundDirectories FindBelowHosts(string bentoDirectory)
    {
        var hosts = Path.Join(bentoDirectory, BentoFiles.HostsDirectory);
        if (!Directory.Exists(hosts))
        {
            throw Invalid(
                BentoFiles.HostsDirectory,
                $"'{bentoDirectory}' has neither a flake.nix nor a directory hosts/.");
        }

        var directories = new List<ConfigurationDirectory>();
        var problems = new List<FleetProblem>();
        var others = new List<FleetProblem>();
        foreach (var fullPath in Directory.EnumerateDirectories(hosts).Order(StringComparer.Ordinal))
        {
            var path = $"{BentoFiles.HostsDirectory}/{Path.GetFileName(fullPath)}";
            if (Path.GetFileName(fullPath).StartsWith('.'))
            {
                continue;
            }

            if (path.Any(char.IsControl))
            {
                problems.Add(new FleetProblem(
                    new string([.. path.Select(c => char.IsControl(c) ? '?' : c)]), "Its name has control characters. Rename it."));
            }
            else if (FindKind(fullPath) is { } kind)
            {
                directories.Add(new ConfigurationDirectory(path, fullPath, kind, FindMarks(fullPath)));
            }
            else
            {
                others.Add(new FleetProblem(path, "It describes no host: it has neither a flake.nix nor a configuration.nix."));
            }
        }

        problems.AddRange(Directory.EnumerateFiles(hosts)
            .Order(StringComparer.Ordinal)
            .Select(file => new FileInfo(file))
            .Where(IsDeadLink)
            .Select(link => new FleetProblem(
            $"{BentoFiles.HostsDirectory}/{new string([.. link.Name.Select(c => char.IsControl(c) ? '?' : c)])}",
            $"It is a link to '{link.LinkTarget}', which does not exist. Fix the link, or remove it from hosts/.")));
        return directories.Count + problems.Count > 0
            ? new FoundDirectories(directories, problems) { Others = others }
            : throw Invalid(
                BentoFiles.HostsDirectory, "There is no host in it yet. Add a directory with a flake.nix or a configuration.nix.");
    }

    /// <summary>Editors leave links that lead nowhere, with a dot before their name.</summary>
    private static bool IsDeadLink(FileInfo file) =>
        !file.Name.StartsWith('.') && file.LinkTarget is not null && RealPath.Find(file.FullName) is null;

    private static ConfigurationKind? FindKind(string directory) =>
        File.Exists(Path.Join(directory, BentoFiles.Flake)) ? ConfigurationKind.Flake
        : File.Exists(Path.Join(directory, BentoFiles.Configuration)) ? ConfigurationKind.Channel
        : null;

    private static DirectoryMarks FindMarks(string directory) => BentoFiles.Marks
        .Where(mark => File.Exists(Path.Join(directory, mark.Key)))
        .Aggregate(DirectoryMarks.None, (marks, mark) => marks | mark.Value);

    private static InvalidFleetException Invalid(string path, string message) => new([new FleetProblem(path, message)]);
}
