using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bento.Agents;

/// <summary>A fraction that differs between hosts and stays the same for one: it spreads a fleet out without dice.</summary>
internal static class Jitter
{
    /// <returns>From 0 to just below 1.</returns>
    public static double Of(string host, int salt) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}/{salt}"))) / (uint.MaxValue + 1.0);
}
