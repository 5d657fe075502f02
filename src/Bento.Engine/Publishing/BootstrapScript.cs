using System.Globalization;
using System.Text.Json.Nodes;
using Bento.Hosts;
using Bento.Protocol;

namespace Bento.Publishing;

/// <summary>
/// The script <c>bootstrap.sh</c> in the <c>config/</c> of an area: it brings a host to one release with nothing but sh, the tools of
/// POSIX, OpenSSH, gzip, tar and Nix. Hosts that still run bash bento fetch and run a file of this name, and it is the way in for a new
/// host. It is no part of a release.
/// </summary>
internal static class BootstrapScript
{
    /// <summary>As <c>touch -t</c> of POSIX takes a time.</summary>
    private const string TouchFormat = "yyyyMMddHHmm.ss";

    private static readonly string Body = ReadBody();

    /// <summary>The script of a release: what it needs to know as assignments, then what is the same for all hosts.</summary>
    public static string For(Release release, BootstrapOptions server) =>
        $"""
        #!/bin/sh
        # Brings {release.Host} to its release {release.Number}. Bento writes this with every release: a change lasts until the next one.
        host={Quote(release.Host.ToString())}
        server={Quote(server.Host)}
        port={Quote(server.Port.ToString(CultureInfo.InvariantCulture))}
        host_keys={Quote(string.Join('\n', server.HostKeys.Select(key => PlainKey(SshPublicKey.Parse(key)))))}
        archive={Quote(release.Content.Archive.ToString())}
        kind={Quote(release.Kind == ConfigurationKind.Flake ? "flake" : "channel")}
        attribute={Quote(release.Attribute ?? release.Host.ToString())}
        directory={Quote(release.Content.Subdirectory ?? string.Empty)}
        flake={Quote(Flake(release))}
        modified={Quote(Modified(release))}
        closure={Quote(release.Closure?.Manifest.ToString() ?? string.Empty)}
        expected={Quote(release.ExpectedSystem?.ToString() ?? string.Empty)}

        {Body}
        """;

    /// <summary>
    /// The end of an entry in a registry of Nix, behind the path of the tree: where the flake lies in it, and the commit that it comes
    /// from.
    /// </summary>
    private static string Flake(Release release)
    {
        var members = new JsonObject();
        if (release.Content.Subdirectory is { } directory)
        {
            members["dir"] = directory;
        }

        if (release.Provenance is { IsDirty: false } provenance)
        {
            members["rev"] = provenance.Commit;
        }

        return members.ToJsonString() is ['{', .. var rest] && members.Count > 0 ? $",{rest}" : "}";
    }

    private static string Modified(Release release) => (release.Provenance?.CommittedAt ?? ContentArchive.EntryTime)
        .UtcDateTime.ToString(TouchFormat, CultureInfo.InvariantCulture);

    private static string PlainKey(SshPublicKey key) => $"{key.Type} {Convert.ToBase64String(key.ToBytes())}";

    /// <summary>Nothing in single quotes means anything to a shell.</summary>
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string ReadBody()
    {
        using var stream = typeof(BootstrapScript).Assembly.GetManifestResourceStream("bootstrap.sh")
            ?? throw new InvalidOperationException("The library was built without its resource 'bootstrap.sh'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
