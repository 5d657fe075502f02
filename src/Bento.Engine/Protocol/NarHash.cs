using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bento.Protocol;

/// <summary>
/// The hash of a tree as Nix computes it: SHA-256 over its Nix archive (the serialisation of the Nix thesis, figure 5.2), what <c>nix hash
/// path</c> prints.
/// </summary>
/// <remarks>So server, host and a person with Nix name a tree alike, and it is the <c>narHash</c> that a flake of the tree has.</remarks>
internal sealed class NarHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[64 * 1024];

    private NarHash()
    {
    }

    /// <param name="directory">A tree of directories, regular files and symbolic links.</param>
    public static TreeHash Compute(string directory)
    {
        using var nar = new NarHash();
        nar.Text("nix-archive-1");
        nar.Node(new DirectoryInfo(directory));
        return TreeHash.FromBytes(nar._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Node(FileSystemInfo info)
    {
        Text("(");
        Text("type");
        if (info.LinkTarget is { } target)
        {
            Text("symlink");
            Text("target");
            Text(target);
        }
        else if (info is DirectoryInfo directory)
        {
            Text("directory");
            foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, Utf8Order.Instance))
            {
                Text("entry");
                Text("(");
                Text("name");
                Text(entry.Name);
                Text("node");
                Node(entry);
                Text(")");
            }
        }
        else
        {
            Text("regular");
            if ((info.UnixFileMode & UnixFileMode.UserExecute) != 0)
            {
                Text("executable");
                Text(string.Empty);
            }

            Text("contents");
            Contents(info.FullName);
        }

        Text(")");
    }

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Length(bytes.Length);
        _hash.AppendData(bytes);
        Pad(bytes.Length);
    }

    private void Contents(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        Length(length);
        for (long offset = 0; offset < length;)
        {
            var read = RandomAccess.Read(file, _buffer, offset);
            if (read == 0)
            {
                throw new IOException($"'{path}' became shorter while it was read.");
            }

            read = (int)long.Min(read, length - offset);
            _hash.AppendData(_buffer, 0, read);
            offset += read;
        }

        Pad(length);
    }

    private void Length(long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        _hash.AppendData(bytes);
    }

    private void Pad(long length) => _hash.AppendData(stackalloc byte[(int)(-length & 7)]);
}
