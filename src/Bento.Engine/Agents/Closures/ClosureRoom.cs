using Bento.Files;
using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>Whether a closure fits on the disk, before a byte of it is fetched.</summary>
internal static class ClosureRoom
{
    /// <summary>What file systems need beside the bytes of the files.</summary>
    private const double Overhead = 1.05;
    private const long Reserve = 16 << 20;

    /// <param name="state">Where files are fetched to.</param>
    /// <param name="fetched">The bytes that are still to be fetched.</param>
    /// <param name="store">The store.</param>
    /// <param name="unpacked">The bytes of the paths that it lacks.</param>
    /// <exception cref="ContentException">There is not enough room.</exception>
    public static void Check(string state, long fetched, string store, long unpacked)
    {
        // A store that is not there yet is made on the file system above it.
        var place = store;
        while (!Directory.Exists(place))
        {
            place = Path.GetDirectoryName(place)!;
        }

        if (FileStatus.ReadTarget(state)?.Device == FileStatus.ReadTarget(place)?.Device)
        {
            Require(state, fetched + unpacked);
        }
        else
        {
            Require(state, fetched);
            Require(place, unpacked);
        }
    }

    private static void Require(string directory, long bytes)
    {
        var (needed, free) = ((long)(bytes * Overhead) + Reserve, new DriveInfo(directory).AvailableFreeSpace);
        if (bytes > 0 && free < needed)
        {
            throw new ContentException(
                $"The system does not fit on the disk: {needed >> 20} MiB are needed in '{directory}', and {free >> 20} MiB are free.")
            {
                IsTransient = true,
            };
        }
    }
}
