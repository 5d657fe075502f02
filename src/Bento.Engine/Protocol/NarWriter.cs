using System.Buffers.Binary;
using System.Text;

namespace Bento.Protocol;

/// <summary>Writes a tree as a Nix archive: the serialisation of the Nix thesis, figure 5.2.</summary>
internal sealed class NarWriter(Stream destination)
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <param name="path">A directory, a regular file or a symbolic link.</param>
    public void Write(string path)
    {
        Text("nix-archive-1");
        Node(new DirectoryInfo(path) is { Exists: true, LinkTarget: null } directory ? directory : new FileInfo(path));
    }

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
        destination.Write(bytes);
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
            destination.Write(_buffer, 0, read);
            offset += read;
        }

        Pad(length);
    }

    private void Length(long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        destination.Write(bytes);
    }

    private void Pad(long length) => destination.Write(stackalloc byte[(int)(-length & 7)]);
}
