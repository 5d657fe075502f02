using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Building.Fleet;

/// <summary>
/// Remembers what evaluation said about trees that have not changed since, so that a deploy without changes reads no file and starts no
/// Nix.
/// </summary>
/// <remarks>
/// One small file a directory. A tree counts as unchanged when the metadata of all its files is (<see cref="TreeScan.Fingerprint"/>), and
/// as the same when its hash is. What cannot be read is evaluated again: nothing is lost with the cache.
/// </remarks>
/// <param name="directory">Where the files lie.</param>
internal sealed class EvaluationCache(string directory)
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Finds what was said about a tree whose metadata has not changed.</summary>
    public EvaluatedDirectory? Find(ConfigurationDirectory configuration, TreeScan scan) =>
        Read(configuration, document => document.Fingerprint == scan.Fingerprint);

    /// <summary>Finds what was said about a tree with the same content, by the same Nix.</summary>
    /// <remarks>A flake can see the commit that it comes from: of another one it may be another system.</remarks>
    /// <returns>Null also for a channel directory: what its channels say today is not part of its tree.</returns>
    public EvaluatedDirectory? FindSame(
        ConfigurationDirectory configuration, TreeHash treeHash, Provenance? provenance, string evaluator) =>
        configuration.Kind == ConfigurationKind.Flake
            ? Read(configuration, document => document.TreeHash == treeHash.ToString()
                && document.Evaluator == evaluator
                && document.Provenance?.CommittedAt == provenance?.CommittedAt.UtcDateTime
                && document.Provenance?.Dirty == provenance?.IsDirty
                && (document.Provenance?.Dirty is not false || document.Provenance.Commit == provenance?.Commit))
            : null;

    /// <summary>Remembers an evaluation.</summary>
    public void Keep(
        ConfigurationDirectory configuration, TreeScan scan, DateTimeOffset scannedAt, string evaluator, EvaluatedDirectory evaluated)
    {
        // In a tree so young that another change might not show, only the content counts.
        var fingerprint = scan.IsSettled(scannedAt) ? scan.Fingerprint : string.Empty;
        if (fingerprint.Length == 0 && configuration.Kind != ConfigurationKind.Flake)
        {
            return;
        }

        _ = Directory.CreateDirectory(directory);
        DurableFile.Write(
            PathOf(configuration),
            SelfDigest.Seal(JsonSerializer.SerializeToUtf8Bytes(
                EvaluationDocument.From(fingerprint, evaluator, evaluated), EvaluationJsonContext.Default.EvaluationDocument)),
            Mode);
    }

    private EvaluatedDirectory? Read(ConfigurationDirectory configuration, Func<EvaluationDocument, bool> isSame)
    {
        try
        {
            return PlainFile.ReadAll(PathOf(configuration), MaxBytes) is { } bytes
                && Parse(bytes) is { } document
                && document.Kind == configuration.Kind
                && isSame(document)
                ? document.ToEvaluated()
                : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or FormatException)
        {
            return null;
        }
    }

    private static EvaluationDocument? Parse(byte[] bytes)
    {
        SelfDigest.Check(bytes);
        return JsonSerializer.Deserialize(bytes, EvaluationJsonContext.Default.EvaluationDocument);
    }

    private string PathOf(ConfigurationDirectory configuration) =>
        Path.Join(directory, $"{(configuration.IsWholeTree ? "flake" : Uri.EscapeDataString(configuration.Path))}.json");
}
