using System.Text.Json;
using Bento.Files;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Releases that wait for signatures, in a directory that travels: for each host the file that its area will get.</summary>
internal static class SigningDirectory
{
    private const string Suffix = ".json";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <exception cref="SigningException">The directory cannot be read, or holds something else.</exception>
    public static IReadOnlyList<SigningRequest> Read(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, "*" + Suffix).Select(ReadFile).OrderBy(request => request.Release.Host)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"'{directory}' cannot be read: {exception.Message}", exception)
            {
                NextStep = "Name the directory that 'bento deploy --for-signing' wrote.",
            };
        }
    }

    /// <exception cref="SigningException">The directory cannot be written.</exception>
    public static void Write(string directory, Release release, ReadOnlyMemory<byte> payload, IReadOnlyList<string> signatures)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
            DurableFile.Write(Path.Join(directory, release.Host + Suffix), EnvelopeJson.Write(new ReleaseEnvelope(payload, signatures)), Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"'{directory}' cannot be written: {exception.Message}", exception);
        }
    }

    private static SigningRequest ReadFile(string path)
    {
        try
        {
            var envelope = EnvelopeJson.Read(PlainFile.ReadAll(path, ReleaseEnvelope.MaxBytes));
            var release = ReleaseJson.Read(envelope.Payload.Span);

            // Nobody signs what this program does not know and so cannot show.
            if (!envelope.Payload.Span.SequenceEqual(ReleaseJson.Write(release)))
            {
                throw new JsonException("It says more than a release of this version of Bento does, or says it otherwise.");
            }

            return release.Host + Suffix == Path.GetFileName(path)
                ? new SigningRequest(release, envelope.Payload, envelope.Signatures, SignedBy.Valid(envelope))
                : throw new JsonException($"It is a release of '{release.Host}'.");
        }
        catch (JsonException exception)
        {
            throw new SigningException($"'{path}' is no release to sign: {exception.Message}", exception);
        }
    }
}
