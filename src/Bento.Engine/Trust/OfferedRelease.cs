using System.Text.Json;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Trust;

/// <summary>The <c>release.json</c> of an area, read once and carried: whoever put it there, and believed by nobody yet.</summary>
internal sealed record OfferedRelease
{
    /// <summary>An area without a release.</summary>
    public static readonly OfferedRelease None = new();

    /// <summary>The bytes that were signed, with the signatures; null when there is none, or nothing that could be read.</summary>
    public ReleaseEnvelope? Envelope { get; private init; }

    /// <summary>What the envelope says; null when it says nothing that is a release.</summary>
    public Release? Release { get; private init; }

    /// <summary>Whether somebody signed it, known or not.</summary>
    public bool IsSigned => Envelope is { Signatures.Count: > 0 };

    /// <exception cref="TransportException">The area cannot be read.</exception>
    public static async Task<OfferedRelease> ReadAsync(IArea area, CancellationToken cancellationToken)
    {
        try
        {
            return await area.ReadAsync(AreaPath.Release, ReleaseEnvelope.MaxBytes, cancellationToken).ConfigureAwait(false) is { } bytes
                ? Parse(bytes)
                : None;
        }
        catch (TransportException exception) when (exception.Failure is TransportFailure.TooLarge or TransportFailure.Foreign)
        {
            return None;
        }
    }

    private static OfferedRelease Parse(ReadOnlySpan<byte> bytes)
    {
        var envelope = Try(bytes, ReleaseFileJson.Read);
        return envelope is null
            ? None
            : new OfferedRelease { Envelope = envelope, Release = Try(envelope.Payload.Span, PayloadJson.Read) };
    }

    private static T? Try<T>(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, T> read)
        where T : class
    {
        try
        {
            return read(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
