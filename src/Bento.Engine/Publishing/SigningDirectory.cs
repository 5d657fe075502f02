using System.Text.Json;
using Bento.Files;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Trust;

namespace Bento.Publishing;

/// <summary>Releases that wait for signatures, in a directory that travels: for each host the file that its area will get.</summary>
internal static class SigningDirectory
{
    private const string Suffix = ".json";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads every file that is named like one of a host; what an editor or a person put beside them is passed over.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="attributes">The attributes of the hosts that are not called like theirs.</param>
    /// <exception cref="SigningException">The directory cannot be read.</exception>
    public static SigningBatch Read(string directory, IReadOnlyDictionary<HostName, string> attributes)
    {
        var requests = new List<SigningRequest>();
        var problems = new List<FleetProblem>();
        foreach (var (path, host) in Files(directory))
        {
            try
            {
                requests.Add(ReadFile(path, host, attributes));
            }
            catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
            {
                problems.Add(new FleetProblem(path, $"This is not a release to sign: {exception.Message}") { Host = host });
            }
        }

        return new SigningBatch(requests, problems);
    }

    /// <exception cref="SigningException">The directory cannot be written.</exception>
    public static void Write(string directory, Release release, ReadOnlyMemory<byte> payload, IReadOnlyList<string> signatures)
    {
        try
        {
            _ = Directory.CreateDirectory(directory);
            DurableFile.Write(
                Path.Join(directory, release.Host + Suffix), ReleaseFileJson.Write(new ReleaseEnvelope(payload, signatures)), Mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"'{directory}' cannot be written: {exception.Message}", exception);
        }
    }

    private static List<(string Path, HostName Host)> Files(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, "*" + Suffix)
                .Select(path => (path, Host: HostName.TryParse(Path.GetFileNameWithoutExtension(path), out var host) ? host : default))
                .Where(file => file.Host != default)
                .OrderBy(file => file.Host)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SigningException($"'{directory}' cannot be read: {exception.Message}", exception)
            {
                NextStep = "Name the directory into which releases were prepared for signing.",
            };
        }
    }

    /// <exception cref="JsonException">It is not a release of that host, or one that nobody should sign.</exception>
    private static SigningRequest ReadFile(string path, HostName host, IReadOnlyDictionary<HostName, string> attributes)
    {
        var envelope = ReleaseFileJson.Read(PlainFile.ReadAll(path, ReleaseEnvelope.MaxBytes));
        var release = PayloadJson.Read(envelope.Payload.Span);

        // Nobody signs what this program does not know and so cannot show.
        if (!envelope.Payload.Span.SequenceEqual(PayloadJson.Write(release)))
        {
            throw new JsonException("It says more than a release of this version of Bento does, or says it otherwise.");
        }

        if (release.Host != host)
        {
            throw new JsonException($"It is a release of '{release.Host}'.");
        }

        // A host would build the system of another one, and only the line of the attribute says so.
        if (release.Attribute != (release.Kind == ConfigurationKind.Flake ? attributes.GetValueOrDefault(host) ?? host.ToString() : null))
        {
            throw new JsonException("It names the attribute of another host.");
        }

        return release.Id == ReleaseIdentity.WithId(release).Id
            ? new SigningRequest
            {
                Release = release,
                Payload = envelope.Payload,
                Signatures = envelope.Signatures,
                Signers = SignedBy.Valid(envelope),
            }
            : throw new JsonException("Its id is not that of what it says.");
    }
}
