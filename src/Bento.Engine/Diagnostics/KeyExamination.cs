using System.Runtime.CompilerServices;
using Bento.Hosts;
using Bento.Transport;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>The keys that sign releases: there, readable as keys, and nobody else's to read.</summary>
internal sealed class KeyExamination(IOptions<SigningOptions> options, IOptions<BentoOptions> bento) : IExamination
{
    public string Subject => "keys";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (options.Value.KeyFiles.Count == 0)
        {
            yield return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Warning,
                Message =
                    "No key signs the releases: a host takes them only with trust.allowUnsigned, and then from whoever can write its area.",
                NextStep = $"Run: {Make(bento.Value.Directory)}",
            };
        }

        foreach (var file in options.Value.KeyFiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Look(file) is { } finding)
            {
                yield return finding;
            }
        }
    }

    /// <summary>A key is written into bento.json; a directory of bash bento gets one by 'bento init'.</summary>
    private static string Make(string directory) =>
        File.Exists(Path.Join(directory, BentoFiles.Settings)) ? "bento trust rotate"
        : File.Exists(Path.Join(directory, BentoFiles.BashSettings)) ? "bento init"
        : $"echo '{{}}' > {ShellCommand.Text(Path.Join(directory, BentoFiles.Settings))}; bento trust rotate";

    private Finding? Look(string file)
    {
        try
        {
            SigningKeyFile.Check(file);
            return null;
        }
        catch (SigningException exception)
        {
            return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = exception.Message,
                NextStep = exception.NextStep,
            };
        }
    }
}
