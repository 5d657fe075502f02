namespace Bento.Sftp;

/// <summary>A certificate of a server. SSH.NET has checked its signature and its times, and nothing else.</summary>
/// <param name="Authority">The key that signed it.</param>
/// <param name="IsOfHost">Whether it is about a host, and not about a user.</param>
/// <param name="Principals">The names that it is about.</param>
/// <param name="HasConditions">Whether it has critical options, of which there are none for hosts.</param>
internal sealed record ShownCertificate(
    ReadOnlyMemory<byte> Authority, bool IsOfHost, IReadOnlyList<string> Principals, bool HasConditions = false);
