using Bento.Protocol;

namespace Bento.Sftp;

/// <summary>
/// Which servers are trusted: pinned keys, pinned certificate authorities with the names that a certificate must be about, and revoked
/// keys. Pure.
/// </summary>
internal sealed class HostKeyPins
{
    private const string AuthorityMark = "@cert-authority";
    private const string RevokedMark = "@revoked";

    /// <summary>Keys that a certificate may be about; signed by SHA-2.</summary>
    private static readonly string[] CertificateAlgorithms =
    [
        "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sha2-nistp384-cert-v01@openssh.com",
        "ecdsa-sha2-nistp521-cert-v01@openssh.com", "rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com",
    ];

    private readonly List<PinnedHostKey> _keys = [];
    private readonly List<PinnedHostKey> _authorities = [];
    private readonly List<PinnedHostKey> _revoked = [];
    private readonly IReadOnlyList<string> _principals;

    /// <param name="lines">Lines that <see cref="IsLine"/> takes; others are passed over.</param>
    /// <param name="principals">The names of the server, one of which a certificate must be about.</param>
    public HostKeyPins(IEnumerable<string> lines, IReadOnlyList<string> principals)
    {
        _principals = principals;
        foreach (var line in lines)
        {
            if (TryParse(line) is var (mark, key))
            {
                (mark switch { AuthorityMark => _authorities, RevokedMark => _revoked, _ => _keys }).Add(key);
            }
        }
    }

    /// <summary>
    /// What the client offers: only what the pins need, else the server shows another of its keys, and that looks like an attack.
    /// </summary>
    /// <remarks>Those of an authority are among them because SSH.NET checks its signatures by what is offered. It prefers certificates, so
    /// a server that has one shows it.</remarks>
    public IReadOnlyList<string> Algorithms =>
        [.. _keys.Concat(_authorities)
            .SelectMany(key => key.Algorithms)
            .Concat(_authorities.Count > 0 ? CertificateAlgorithms : [])
            .Distinct()];

    /// <summary>
    /// What is offered once more when a certificate was no good, so that the server shows a plain key that is pinned beside the authority;
    /// nothing where there is none.
    /// </summary>
    public IReadOnlyList<string> PlainAlgorithms => _authorities.Count > 0 ? [.. _keys.SelectMany(key => key.Algorithms).Distinct()] : [];

    /// <summary>What is offered at a first contact, when nothing is pinned: every kind of key that can be.</summary>
    public static IReadOnlyList<string> AnyKey => [.. PinnedHostKey.Types.SelectMany(PinnedHostKey.AlgorithmsOf)];

    /// <summary>Whether a certificate could be trusted.</summary>
    public bool HasAuthorities => _authorities.Count > 0;

    /// <summary>Whether any server could be trusted.</summary>
    public bool IsEmpty => _keys.Count == 0 && _authorities.Count == 0;

    /// <summary>Whether a line is a public key, with <c>@cert-authority</c> or <c>@revoked</c> before it or nothing.</summary>
    public static bool IsLine(string? line) => TryParse(line) is not null;

    /// <returns>What speaks against a server that shows this, after <c>The server …</c>; null when it is trusted.</returns>
    public string? FindObjection(ShownHostKey shown)
    {
        var name = $"{shown.Name} {shown.Fingerprint}";
        if (IsRevoked(shown))
        {
            return $"shows the host key {name}, which is revoked, or was certified by an authority that is";
        }

        if (_keys.Any(key => key.Matches(shown.Key.Span)))
        {
            return null;
        }

        return shown.Certificate switch
        {
            null => $"shows the host key {name}, which is not pinned",
            { } certificate when !_authorities.Any(key => key.Matches(certificate.Authority.Span)) =>
                $"shows a certificate of the authority {KeyFingerprint.Of(certificate.Authority.Span)}, which is not pinned",
            { IsOfHost: false } => $"shows a certificate for a user, with the key {name}",
            { HasConditions: true } => $"shows a certificate with conditions that nobody here understands, with the key {name}",
            { } certificate when !certificate.Principals.Any(_principals.Contains) =>
                $"shows a certificate for {Names(certificate.Principals)}, and not for "
                    + $"{string.Join(" or ", _principals.Select(principal => $"'{principal}'"))}",
            _ => null,
        };
    }

    public bool IsRevoked(ShownHostKey shown) =>
        _revoked.Any(key => key.Matches(shown.Key.Span) || (shown.Certificate is { } certified && key.Matches(certified.Authority.Span)));

    private static string Names(IReadOnlyList<string> principals) =>
        principals.Count == 0
            ? "no name at all"
            : string.Join(", ", principals.Take(5).Select(principal => $"'{Processes.PlainText.OfLine(principal)}'"));

    private static (string Mark, PinnedHostKey Key)? TryParse(string? line)
    {
        var text = (line ?? string.Empty).Trim();
        var mark = text.StartsWith('@') ? text.Split(' ', '\t')[0] : string.Empty;
        return mark is "" or AuthorityMark or RevokedMark && PinnedHostKey.TryParse(text[mark.Length..], out var key) ? (mark, key) : null;
    }
}
