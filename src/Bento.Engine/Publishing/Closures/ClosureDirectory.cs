using Bento.Building.Closures;
using Bento.Files;
using Bento.Hosts;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;

namespace Bento.Publishing.Closures;

/// <summary>
/// Where the publisher keeps closures: one binary cache for the fleet, bundles, and manifests. Beside the areas where these are on this
/// machine, so that a file in an area is another name for one in here.
/// </summary>
internal sealed class ClosureDirectory([Guarded] ITransport transport, StateDirectories state)
{
    private const string BesideAreas = ".bento-closures";
    private const int MaxNoteBytes = 64;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What may be another name of a file in an area: the directories keep others out, hard links share the mode.</summary>
    public const UnixFileMode SharedMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string Root => transport.As<ILocalAreas>() is { } local ? Path.Join(local.Directory, BesideAreas) : state.Closures;

    public BinaryCache Cache => new(Path.Join(Root, "cache"));

    /// <summary>Whether anything was ever kept.</summary>
    public bool Exists => Directory.Exists(Root);

    public string BundleFile(ContentHash hash) => Path.Join(Root, "bundles", $"{hash}");

    /// <summary>A bundle in the making: its name is its hash, which only the whole has.</summary>
    public string NextBundle => Path.Join(Root, "bundles", "next");

    public string PatchFile(ContentHash hash) => Path.Join(Root, "patches", $"{hash}");

    private string ManifestFile(ContentHash hash) => Path.Join(Root, "manifests", $"{hash}");

    /// <exception cref="IOException">It cannot be made.</exception>
    public void Prepare()
    {
        foreach (var directory in new[] { string.Empty, "cache", "bundles", "patches", "manifests" })
        {
            _ = Directory.CreateDirectory(Path.Join(Root, directory), Private);
            DurableTree.RemoveTemporaries(Path.Join(Root, directory));
        }

        Cache.ForgetLost();
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public ReleaseClosure Keep(byte[] manifest)
    {
        var hash = ContentHash.FromBytes(System.Security.Cryptography.SHA256.HashData(manifest));
        DurableFile.Write(ManifestFile(hash), manifest, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new ReleaseClosure { Manifest = hash, ManifestBytes = manifest.Length };
    }

    /// <summary>Finds what was kept of the way from one file to another.</summary>
    /// <param name="from">The file that the host may have.</param>
    /// <param name="to">The file that it saves.</param>
    /// <param name="patch">The patch; null for one that is not worth it.</param>
    /// <returns>Whether somebody looked for it.</returns>
    public bool TryFindPatch(ContentHash from, ContentHash to, out PackedFile? patch)
    {
        patch = null;
        if (PlainFile.ReadAll(PatchNote(from, to), MaxNoteBytes) is not { } note)
        {
            return false;
        }

        if (!ContentHash.TryParse(System.Text.Encoding.ASCII.GetString(note), null, out var hash))
        {
            return true;
        }

        patch = FileStatus.Read(PatchFile(hash)) is { } file ? new PackedFile(hash, file.SizeBytes, PatchFile(hash)) : null;
        return patch is not null;
    }

    /// <summary>Keeps the way from one file to another.</summary>
    /// <param name="from">The file that the host may have.</param>
    /// <param name="to">The file that it saves.</param>
    /// <param name="patch">The patch; null for one that is not worth it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public PackedFile? KeepPatch(ContentHash from, ContentHash to, byte[]? patch)
    {
        if (patch is null)
        {
            DurableFile.Write(PatchNote(from, to), "none"u8, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return null;
        }

        var hash = ContentHash.FromBytes(System.Security.Cryptography.SHA256.HashData(patch));
        DurableFile.Write(PatchFile(hash), patch, SharedMode);
        DurableFile.Write(
            PatchNote(from, to), System.Text.Encoding.ASCII.GetBytes(hash.ToString()), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new PackedFile(hash, patch.Length, PatchFile(hash));
    }

    /// <returns>The bytes of a manifest; null when they are not here, or damaged.</returns>
    public byte[]? Find(ReleaseClosure closure) =>
        PlainFile.ReadAll(ManifestFile(closure.Manifest), ClosureLimits.MaxManifestBytes) is { } bytes
        && ContentHash.FromBytes(System.Security.Cryptography.SHA256.HashData(bytes)) == closure.Manifest
            ? bytes
            : null;

    /// <summary>Removes what none of these manifests names.</summary>
    /// <param name="manifests">The closures that are kept, with their manifests.</param>
    public void Collect(IReadOnlyDictionary<ContentHash, ClosureManifest> manifests)
    {
        var needed = manifests.Values.SelectMany(manifest => manifest.Bundles.Select(bundle => bundle.Hash)
            .Concat(manifest.Paths.Select(path => path.File.Hash))
            .Concat(manifest.Paths.Select(path => path.Patch?.File.Hash).OfType<ContentHash>())).ToHashSet();
        Cache.Collect(needed.Contains);
        Remove("bundles", needed.Contains);
        Remove("patches", needed.Contains);
        Remove("manifests", manifests.ContainsKey);
    }

    private string PatchNote(ContentHash from, ContentHash to) => Path.Join(Root, "patches", $"{from}-{to}");

    private void Remove(string directory, Predicate<ContentHash> isNeeded)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Join(Root, directory))
            .Where(file => !ContentHash.TryParse(Path.GetFileName(file), null, out var hash) || !isNeeded(hash))
            .ToList())
        {
            File.Delete(file);
        }
    }
}
