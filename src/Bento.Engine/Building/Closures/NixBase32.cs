using System.Diagnostics.CodeAnalysis;

namespace Bento.Building.Closures;

/// <summary>The base 32 in which Nix writes hashes: its own alphabet, and the last digit first.</summary>
internal static class NixBase32
{
    private const string Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";
    private const int BitsPerDigit = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var digits = new char[((bytes.Length * 8) - 1) / BitsPerDigit + 1];
        for (var n = 0; n < digits.Length; n++)
        {
            var (index, shift) = Math.DivRem(n * BitsPerDigit, 8);
            var high = index + 1 < bytes.Length ? bytes[index + 1] << (8 - shift) : 0;
            digits[^(n + 1)] = Alphabet[((bytes[index] >> shift) | high) & 31];
        }

        return new string(digits);
    }

    /// <summary>Reads a hash of as many bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length != ((length * 8) - 1) / BitsPerDigit + 1)
        {
            return false;
        }

        var result = new byte[length];
        for (var n = 0; n < text.Length; n++)
        {
            var digit = Alphabet.IndexOf(text[^(n + 1)], StringComparison.Ordinal);
            var (index, shift) = Math.DivRem(n * BitsPerDigit, 8);
            var carry = digit >> (8 - shift);
            if (digit < 0 || (index + 1 == length && carry != 0))
            {
                return false;
            }

            result[index] |= (byte)(digit << shift);
            if (index + 1 < length)
            {
                result[index + 1] |= (byte)carry;
            }
        }

        bytes = result;
        return true;
    }
}
