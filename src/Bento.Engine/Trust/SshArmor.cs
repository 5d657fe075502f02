using System.Buffers;

namespace Bento.Trust;

/// <summary>
/// The text around an SSHSIG. Stricter than OpenSSH: for a given length of its lines a signature has exactly one text, so that no changed
/// byte goes unseen.
/// </summary>
internal static class SshArmor
{
    private const string Begin = "-----BEGIN SSH SIGNATURE-----\n";
    private const string End = "\n-----END SSH SIGNATURE-----";
    private const int MaxLineLength = 76;

    private static readonly SearchValues<char> Base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <exception cref="FormatException">The text is not an armored signature, or a longer one than
    /// <see cref="SshSignature.MaxBytes"/>.</exception>
    public static byte[] Read(string armor)
    {
        if (armor.Length > SshSignature.MaxBytes * 2)
        {
            throw new FormatException($"It is longer than {SshSignature.MaxBytes} bytes.");
        }

        var text = armor.EndsWith('\n') ? armor.AsSpan(0, armor.Length - 1) : armor;
        if (text.Length < Begin.Length + End.Length
            || !text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal))
        {
            throw new FormatException("It is not between the lines that begin and end an SSH signature.");
        }

        var body = Body(text[Begin.Length..^End.Length]);
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == body
            ? bytes[..length]
            : throw new FormatException("It is not base 64 in its only form.");
    }

    private static string Body(ReadOnlySpan<char> lines)
    {
        var body = new char[lines.Length];
        var length = 0;
        var width = int.Min(MaxLineLength, lines.IndexOf('\n') is > 0 and var end ? end : lines.Length);
        foreach (var range in lines.Split('\n'))
        {
            var line = lines[range];
            if (line.Length == 0 || line.ContainsAnyExcept(Base64))
            {
                throw new FormatException("A line of it is not base 64.");
            }

            // All lines are as long as the first; only the last may be shorter.
            if (line.Length > width || length % width != 0)
            {
                throw new FormatException("Its lines are not of one length.");
            }

            line.CopyTo(body.AsSpan(length));
            length += line.Length;
        }

        return new string(body, 0, length);
    }
}
