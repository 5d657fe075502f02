using CsCheck;

namespace Bento.Engine.Tests;

/// <summary>Small damage to good bytes. What fails is told with the seed that makes it again.</summary>
internal static class Mutation
{
    /// <summary>A reader that hangs does not go on for ever, also not in a long run.</summary>
    public const int Timeout = 3_600_000;

    /// <summary>Where, by which operation, with what: enough to lengthen, shorten, overwrite and shift any field.</summary>
    public static readonly Gen<(int At, int Operation, byte Value, uint Length)[]> Any =
        Gen.Select(Gen.Int[0, 4095], Gen.Int[0, 4], Gen.Byte, Gen.OneOf(Gen.UInt, Gen.UInt[0, 300])).Array[1, 6];

    public static byte[] Apply(byte[] good, (int At, int Operation, byte Value, uint Length)[] mutations)
    {
        var bytes = good.ToList();
        foreach (var (where, operation, value, length) in mutations)
        {
            var at = where % (bytes.Count + 1);
            switch (operation)
            {
                case 0 when at < bytes.Count:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4 when at + 4 <= bytes.Count:
                    (bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]) = (
                        (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length);
                    break;
                default:
                    break;
            }
        }

        return [.. bytes];
    }
}
