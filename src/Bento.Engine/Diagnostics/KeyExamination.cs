using System.Runtime.CompilerServices;
using Bento.Hosts;
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
                NextStep = MakeKey(bento.Value.Directory),
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

    /// <summary>A directory that has no settings yet gets them together with its key.</summary>
    private static NextStep MakeKey(string directory) => new("Make a key.")
    {
        Verb = File.Exists(Path.Join(directory, BentoFiles.Settings)) ? NextStepVerb.RotateKey : NextStepVerb.CreateFleet,
    };

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
