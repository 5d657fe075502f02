using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Diagnostics;

/// <summary>The Bento directory: what describes hosts, and what keeps that from being shipped or locked.</summary>
internal sealed partial class ConfigurationExamination(FleetReader reader) : IExamination
{
    public string Subject => "configuration";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var directories = reading.Directories;
        foreach (var problem in reading.Problems)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = problem.ToString(),
                Host = problem.Host,
                NextStep = $"Look at: {problem.Path}",
            };
        }

        foreach (var remark in reading.Remarks)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Warning,
                Message = remark.ToString(),
                NextStep = $"Describe a host in it, or name it in ignoreDirectories: {Path.GetFileName(remark.Path)}",
            };
        }

        foreach (var (path, file) in FindKeys(directories))
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Warning,
                Message = $"{path} looks like a private key, and would be shipped to hosts.",
                NextStep = $"Move it below secrets/, or name it in .bentoignore: {file}",
            };
        }

        foreach (var configuration in directories.Select(directory => directory.Configuration)
            .Where(configuration => configuration.Kind == ConfigurationKind.Flake))
        {
            var flake = GivenFile.ReadText(Path.Join(configuration.FullPath, BentoFiles.Flake)) ?? string.Empty;
            if (Inputs().IsMatch(flake) && !File.Exists(Path.Join(configuration.FullPath, "flake.lock")))
            {
                yield return new Finding
                {
                    Subject = Subject,
                    Kind = FindingKind.Problem,
                    Message = $"{configuration.Path} has inputs and no flake.lock, so nobody knows what it would build.",
                    NextStep = $"Run: nix flake lock path:{configuration.FullPath}",
                };
            }
        }
    }

    private static IEnumerable<(string Path, string FullPath)> FindKeys(IReadOnlyList<ScannedDirectory> directories) =>
        from directory in directories
        from entry in directory.Scan.Entries
        where !entry.IsDirectory && PrivateKeyText.IsIn(entry.FullPath)
        select (directory.Configuration.IsWholeTree ? entry.Path : $"{directory.Configuration.Path}/{entry.Path}", entry.FullPath);

    [GeneratedRegex(@"(?m)^\s*inputs\s*(=\s*\{\s*[^}\s]|\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Inputs();
}
