using System.Text.RegularExpressions;

namespace Bento.Building.Store;

/// <summary>Looks into the file of a derivation.</summary>
internal static partial class DerivationFile
{
    private const int MaxHead = 4096;

    /// <summary>
    /// Whether the hash of the output is known before it is built, so that the builder may use the network: it fetches something.
    /// </summary>
    /// <param name="derivation">The derivation.</param>
    /// <returns>False also when it cannot be read.</returns>
    public static bool IsFetcher(StorePath derivation)
    {
        try
        {
            using var reader = new StreamReader(derivation.ToString());
            var head = new char[MaxHead];
            return FixedOutput().IsMatch(new string(head, 0, reader.ReadBlock(head)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^Derive\(\[\(""out"",""[^""]+"",""[^""]+"",""[^""]+""\)\]", RegexOptions.CultureInvariant)]
    private static partial Regex FixedOutput();
}
