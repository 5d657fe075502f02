using System.Text.Json;
using Bento.Files;
using Bento.Hosts;

namespace Bento.Building;

/// <summary>Remembers what evaluation said about trees that have not changed since, so that a deploy without changes reads no file and starts no Nix.</summary>
/// <remarks>
/// One small file a directory. A tree counts as unchanged when the metadata of all its files is (<see cref="TreeScan.Fingerprint"/>). What cannot be read is
/// evaluated again: nothing is lost with the cache.
/// </remarks>
internal sealed class EvaluationCache(string directory)
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public EvaluatedDirectory? Find(ConfigurationDirectory configuration, TreeScan scan)
    {
        try
        {
            return PlainFile.ReadAll(PathOf(configuration), MaxBytes) is { } bytes
                && JsonSerializer.Deserialize(bytes, EvaluationJsonContext.Default.EvaluationDocument) is { } document
                && document.Fingerprint == scan.Fingerprint
                && document.Kind == configuration.Kind
                ? document.ToEvaluated()
                : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Remembers an evaluation, unless the tree is so young that another change might not show.</summary>
    public void Keep(ConfigurationDirectory configuration, TreeScan scan, DateTimeOffset scannedAt, EvaluatedDirectory evaluated)
    {
        if (!scan.IsSettled(scannedAt))
        {
            return;
        }

        _ = Directory.CreateDirectory(directory);
        DurableFile.Write(
            PathOf(configuration),
            JsonSerializer.SerializeToUtf8Bytes(EvaluationDocument.From(scan.Fingerprint, evaluated), EvaluationJsonContext.Default.EvaluationDocument),
            Mode);
    }

    private string PathOf(ConfigurationDirectory configuration) =>
        Path.Join(directory, $"{(configuration.IsWholeTree ? "flake" : Uri.EscapeDataString(configuration.Path))}.json");
}
