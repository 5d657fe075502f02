using System.Security.Cryptography;
using Bento.Building.Closures;
using Bento.Files;
using Bento.Protocol;

namespace Bento.Agents.Closures;

/// <summary>
/// What a host has fetched of a closure, as a binary cache of Nix: whole files under their names, others as far as they came. It stays
/// until all is in the store.
/// </summary>
internal sealed class ClosureFiles(string directory)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string PartSuffix = ".part";

    public BinaryCache Cache { get; } = new(directory);

    private string Nars => Path.Join(directory, "nar");

    /// <summary>Makes the directory, and removes from it what this closure does not need any more.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Prepare(IReadOnlyCollection<ClosurePath> needed)
    {
        _ = Directory.CreateDirectory(directory, Private);
        _ = Directory.CreateDirectory(Nars, Private);
        var kept = needed.Select(path => path.File)
            .Concat(needed.Select(path => path.Patch?.File).OfType<ClosureFile>())
            .SelectMany(file => new[] { Cache.NarFile(file.Hash), PartOf(file) })
            .Concat(needed.Where(path => path.Patch is not null).Select(path => Cache.PlainNarFile(path.PlainFile.Hash)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Nars).Where(path => !kept.Contains(path))
            .Concat(Directory.EnumerateFiles(directory, "*.narinfo"))
            .ToList())
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether a file is here whole, hashed again: what was verified may have changed on the disk since. Else it goes.</summary>
    public bool Has(ClosureFile file) => IsWhole(Cache.NarFile(file.Hash), file);

    /// <summary>Whether the archive of a path is here and need not be unpacked.</summary>
    public bool HasPlain(ClosurePath path) => path.Patch is not null && IsWhole(Cache.PlainNarFile(path.PlainFile.Hash), path.PlainFile);

    /// <summary>Takes an archive that was made here.</summary>
    /// <param name="path">The path.</param>
    /// <param name="file">The file; it goes.</param>
    /// <returns>Whether it is the right one.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public bool TryTakePlain(ClosurePath path, string file)
    {
        if (!IsWhole(file, path.PlainFile))
        {
            return false;
        }

        File.Move(file, Cache.PlainNarFile(path.PlainFile.Hash), overwrite: true);
        return true;
    }

    /// <summary>Where a fetched file lies.</summary>
    public string PlaceOf(ClosureFile file) => Cache.NarFile(file.Hash);

    /// <summary>A file for whoever makes something here; the next closure removes it.</summary>
    public string Scratch(string name) => Path.Join(Nars, name);

    private static bool IsWhole(string path, ClosureFile file)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using (var content = new FileStream(path, FileMode.Open, FileAccess.Read))
        {
            if (content.Length == file.Bytes && ContentHash.FromBytes(SHA256.HashData(content)) == file.Hash)
            {
                return true;
            }
        }

        File.Delete(path);
        return false;
    }

    /// <summary>How much of a file came before it was cut off.</summary>
    public long PartialBytes(ClosureFile file) =>
        FileStatus.Read(PartOf(file)) is { SizeBytes: var bytes } && bytes < file.Bytes ? bytes : 0;

    /// <summary>Writes a small file that has arrived whole.</summary>
    /// <exception cref="ContentException">It is not the one that the manifest names.</exception>
    public async Task PutAsync(ClosureFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (ContentHash.FromBytes(SHA256.HashData(content.Span)) != file.Hash)
        {
            throw Other(file);
        }

        await File.WriteAllBytesAsync(PartOf(file), content, cancellationToken).ConfigureAwait(false);
        File.Move(PartOf(file), Cache.NarFile(file.Hash), overwrite: true);
    }

    /// <summary>Goes on with a large file where it was cut off.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fetchAsync">Fetches the rest: from where, and where it goes.</param>
    /// <param name="cancellationToken">Stops; what arrived stays.</param>
    /// <exception cref="ContentException">It is not the one that the manifest names; the next attempt begins it anew.</exception>
    public async Task GrowAsync(ClosureFile file, Func<long, Stream, Task> fetchAsync, CancellationToken cancellationToken)
    {
        var from = PartialBytes(file);
        var stream = new FileStream(PartOf(file), from == 0 ? FileMode.Create : FileMode.Open, FileAccess.ReadWrite);
        await using (stream.ConfigureAwait(false))
        {
            using var hashing = new HashingStream(stream, file.Bytes);
            await hashing.SkipAsync(stream, from, cancellationToken).ConfigureAwait(false);
            await fetchAsync(from, hashing).ConfigureAwait(false);
            if (hashing.Length < file.Bytes)
            {
                throw new ContentException($"The server sent less of '{AreaPath.Nar(file.Hash)}' than the release names.")
                {
                    IsTransient = true,
                };
            }

            if (hashing.Finish() == file.Hash)
            {
                File.Move(PartOf(file), Cache.NarFile(file.Hash), overwrite: true);
                return;
            }
        }

        File.Delete(PartOf(file));
        throw Other(file);
    }

    /// <summary>What Nix is told of a path that is here.</summary>
    /// <param name="manifest">The closure.</param>
    /// <param name="path">The path.</param>
    /// <param name="isPlain">Whether its archive is here unpacked.</param>
    public NarInfo InfoOf(ClosureManifest manifest, ClosurePath path, bool isPlain)
    {
        var file = isPlain ? path.PlainFile : path.File;
        var place = isPlain ? Cache.PlainNarFile(file.Hash) : PlaceOf(file);
        return new NarInfo
        {
            Path = path.Path,
            Url = Path.GetRelativePath(directory, place),
            IsCompressed = !isPlain,
            FileHash = file.Hash,
            FileBytes = file.Bytes,
            NarHash = path.NarHash,
            NarBytes = path.NarBytes,
            References = [.. path.References.Select(index => manifest.Paths[index].Path.BaseName)],
        };
    }

    /// <summary>Whether what the store lacks of all that Nix is told to be here is, and unchanged. What is not goes.</summary>
    /// <param name="missing">What the store lacks.</param>
    public bool AreWhole(IReadOnlySet<StorePath> missing) => Cache.Entries() is { Count: > 0 } entries
        && entries.Where(info => missing.Contains(info.Path))
            .Select(info => IsWhole(Cache.FileOf(info), new ClosureFile { Hash = info.FileHash, Bytes = info.FileBytes }))
            .ToList().TrueForAll(has => has);

    /// <summary>Removes all of it.</summary>
    public void Clear()
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static ContentException Other(ClosureFile file) =>
        new($"What the server sent is not the file {file.Hash} that the release names.") { IsTransient = true };

    private string PartOf(ClosureFile file) => Cache.NarFile(file.Hash) + PartSuffix;
}
