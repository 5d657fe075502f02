using System.Runtime.CompilerServices;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>The keys that sign releases: there, readable as keys, and nobody else's to read.</summary>
internal sealed class KeyExamination(IOptions<SigningOptions> options) : IExamination
{
    private const UnixFileMode NotForOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public string Subject => "keys";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (options.Value.KeyFiles.Count == 0)
        {
            yield return new Finding(Subject, FindingKind.Warning, "No key signs the releases: a host takes them only with trust.allowUnsigned, and then from whoever can write its area.")
            {
                NextStep = "Run: bento trust rotate",
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

    private Finding? Look(string file)
    {
        try
        {
            _ = SigningKeyFile.ReadPublicKey(file);
            var isPrivate = !PublicKey.TryParse(File.ReadLines(file).FirstOrDefault(), null, out _);
            return isPrivate && (File.GetUnixFileMode(file) & NotForOthers) != 0
                ? new Finding(Subject, FindingKind.Problem, $"The signing key '{file}' can be read by others, so ssh-keygen does not use it.") { NextStep = $"Run: chmod 600 {file}" }
                : null;
        }
        catch (SigningException exception)
        {
            return new Finding(Subject, FindingKind.Problem, exception.Message) { NextStep = exception.NextStep };
        }
    }
}
