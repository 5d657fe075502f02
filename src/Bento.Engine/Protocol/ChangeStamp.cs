using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bento.Protocol;

/// <summary>The content of <c>last_change_date</c>: what was published to its end. Written last of all.</summary>
internal static class ChangeStamp
{
    private const int Lengths = 61;

    /// <param name="release">The release.</param>
    /// <param name="script">Its <c>bootstrap.sh</c>; null where there is none.</param>
    public static string Of(Release release, string? script)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{release.Issued:O} {string.Join(' ', Marks(release, script))}\n");

        // Hosts that run bash bento compare what 'ls -l' prints, which has minutes and the size: the size tells two releases of one minute
        // apart.
        return script is null ? stamp : stamp + new string('\n', (int)(release.Number.Sequence % Lengths));
    }

    /// <summary>Whether a stamp names this release and this script.</summary>
    public static bool Names(string stamp, Release release, string? script) =>
        Marks(release, script).All(mark => stamp.Contains(mark, StringComparison.Ordinal));

    private static IEnumerable<string> Marks(Release release, string? script) => script is null
        ? [release.Id.ToString()]
        : [release.Id.ToString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)))];
}
