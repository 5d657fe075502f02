using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Diagnostics;

/// <summary>The Bento directory: what describes hosts, and what keeps that from being shipped or locked.</summary>
internal sealed partial class ConfigurationExamination(FleetReader reader) : IExamination
{
    public string Subject => "configuration";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (directories, problems) = reader.Read(cancellationToken);
        foreach (var problem in problems)
        {
            yield return new Finding(Subject, FindingKind.Problem, problem.ToString())
            {
                Host = problem.Host,
                NextStep = $"Look at: {problem.Path}",
            };
        }

        foreach (var configuration in directories.Select(directory => directory.Configuration)
            .Where(configuration => configuration.Kind == ConfigurationKind.Flake))
        {
            var flake = await File.ReadAllTextAsync(
                Path.Join(configuration.FullPath, BentoFiles.Flake), cancellationToken).ConfigureAwait(false);
            if (Inputs().IsMatch(flake) && !File.Exists(Path.Join(configuration.FullPath, "flake.lock")))
            {
                yield return new Finding(
                    Subject,
                    FindingKind.Problem,
                    $"{configuration.Path} has inputs and no flake.lock, so nobody knows what it would build.")
                {
                    NextStep = $"Run: nix flake lock path:{configuration.FullPath}",
                };
            }
        }
    }

    [GeneratedRegex(@"(?m)^\s*inputs\s*(=\s*\{\s*[^}\s]|\.)", RegexOptions.CultureInvariant)]
    private static partial Regex Inputs();
}
