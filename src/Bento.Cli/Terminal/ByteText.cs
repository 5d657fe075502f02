using System.Globalization;

namespace Bento.Cli.Terminal;

/// <summary>Sizes as people read them, in powers of 1024 (IEC 80000-13).</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Of(long bytes)
    {
        var unit = 0;
        var value = (double)bytes;
        while (Math.Abs(value) >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    public static string Signed(long bytes) => bytes > 0 ? $"+{Of(bytes)}" : Of(bytes);
}
