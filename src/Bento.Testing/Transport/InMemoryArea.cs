using System.Runtime.CompilerServices;
using Bento.Transport;

namespace Bento.Testing.Transport;

internal sealed class InMemoryArea(InMemoryTransport transport, HostName host) : IArea, IRangedArea
{
    private InMemoryServer Server => transport.Server;

    private DateTimeOffset Now => Server.Clock.GetUtcNow();

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await EnterAsync("ensure", string.Empty, cancellationToken);
        lock (Server.Gate)
        {
            var tree = Server.Areas.GetOrAdd(host, _ => new InMemoryTree());
            tree.Nodes.TryAdd("content", InMemoryNode.Directory(Now));
            tree.Nodes.TryAdd("logs", InMemoryNode.Directory(Now));
            foreach (var path in tree.Nodes.Keys.Where(path => InMemoryTree.Parent(path) is "" or "content" && IsTemporary(path)).ToList())
            {
                tree.Nodes.Remove(path);
            }
        }
    }

    public async Task<IReadOnlyList<AreaProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        await EnterAsync("check", string.Empty, cancellationToken);
        return [];
    }

    public async Task<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellationToken)
    {
        var content = await ContentAsync(path, cancellationToken);
        return content?.Length > maxBytes ? throw Failed(TransportFailure.TooLarge, path) : content;
    }

    public async Task<AreaEntry?> LookAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("look", path, cancellationToken);
        lock (Server.Gate)
        {
            return Server.Areas.GetValueOrDefault(host)?.Nodes.GetValueOrDefault(path) switch
            {
                null => null,
                { Content: { } content } node => new AreaEntry(path[(path.LastIndexOf('/') + 1)..], true, content.Length, node.Changed),
                _ => throw Failed(TransportFailure.Foreign, path),
            };
        }
    }

    public async Task<bool> CopyToAsync(string path, Stream destination, long maxBytes, CancellationToken cancellationToken)
    {
        if (await ContentAsync(path, cancellationToken) is not { } content)
        {
            return false;
        }

        await destination.WriteAsync(content.AsMemory(0, (int)Math.Min(content.Length, maxBytes)), cancellationToken);
        return content.Length > maxBytes ? throw Failed(TransportFailure.TooLarge, path) : true;
    }

    public async Task<bool> CopyRangeToAsync(
        string path, long offset, long count, Stream destination, CancellationToken cancellationToken)
    {
        if (await ContentAsync(path, cancellationToken) is not { } content)
        {
            return false;
        }

        var start = (int)Math.Min(offset, content.Length);
        await destination.WriteAsync(content.AsMemory(start, (int)Math.Min(content.Length - start, count)), cancellationToken);
        return true;
    }

    public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("write", path, cancellationToken);
        var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        lock (Server.Gate)
        {
            if (!Server.Areas.TryGetValue(host, out var tree) || !tree.HasDirectory(InMemoryTree.Parent(path)))
            {
                throw Failed(TransportFailure.Other, path);
            }

            if (tree.Nodes.GetValueOrDefault(path) is { Content: null })
            {
                throw Failed(TransportFailure.Foreign, path);
            }

            var used = Server.Areas.Values.Sum(area => area.Nodes.Values.Sum(node => (long)(node.Content?.Length ?? 0)));
            tree.Nodes[path] = used + buffer.Length > transport.CapacityBytes
                ? throw Failed(TransportFailure.NoSpace, path)
                : InMemoryNode.File(buffer.ToArray(), Now);
        }
    }

    public async Task EnsureDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("make", path, cancellationToken);
        lock (Server.Gate)
        {
            if (!Server.Areas.TryGetValue(host, out var tree) || !tree.HasDirectory(InMemoryTree.Parent(path)))
            {
                throw Failed(TransportFailure.Other, path);
            }

            if (!tree.Nodes.TryAdd(path, InMemoryNode.Directory(Now)) && !tree.HasDirectory(path))
            {
                throw Failed(TransportFailure.Foreign, path);
            }
        }
    }

    public async Task<bool> RemoveDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("remove", path, cancellationToken);
        lock (Server.Gate)
        {
            if (!Server.Areas.TryGetValue(host, out var tree) || !tree.Nodes.TryGetValue(path, out var node))
            {
                return false;
            }

            if (!node.IsDirectory)
            {
                throw Failed(TransportFailure.Foreign, path);
            }

            tree.Below(path).ForEach(old => tree.Nodes.Remove(old));
            return true;
        }
    }

    public async IAsyncEnumerable<AreaEntry> ListAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (path.Length > 0)
        {
            Check(path);
        }

        await EnterAsync("list", path, cancellationToken);
        List<AreaEntry> entries;
        lock (Server.Gate)
        {
            entries = Server.Areas.TryGetValue(host, out var tree)
                ? [.. tree.Nodes.Where(node => InMemoryTree.Parent(node.Key) == path)
                    .Select(node => new AreaEntry(
                        Path.GetFileName(node.Key), node.Value.Content is not null, node.Value.Content?.Length ?? 0, node.Value.Changed))]
                : [];
        }

        foreach (var entry in entries)
        {
            yield return entry;
        }
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("delete", path, cancellationToken);
        lock (Server.Gate)
        {
            if (!Server.Areas.TryGetValue(host, out var tree) || !tree.Nodes.TryGetValue(path, out var node))
            {
                return false;
            }

            return node.Content is null ? throw Failed(TransportFailure.Foreign, path) : tree.Nodes.Remove(path);
        }
    }

    private static bool IsTemporary(string path) =>
        Path.GetFileName(path) is ['.', ..] name && name.EndsWith(".tmp", StringComparison.Ordinal);

    private static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal) || path.Split('/').Any(name => name is "" or "." or ".."))
        {
            throw new ArgumentException("no path in an area", nameof(path));
        }
    }

    private async Task<byte[]?> ContentAsync(string path, CancellationToken cancellationToken)
    {
        Check(path);
        await EnterAsync("read", path, cancellationToken);
        lock (Server.Gate)
        {
            if (!Server.Areas.TryGetValue(host, out var tree) || !tree.Nodes.TryGetValue(path, out var node))
            {
                return null;
            }

            var content = node.Content ?? throw Failed(TransportFailure.Foreign, path);
            return transport.Corrupt is { } corrupt ? corrupt(path, [.. content]) : [.. content];
        }
    }

    private Task EnterAsync(string operation, string path, CancellationToken cancellationToken) =>
        transport.EnterAsync(new InMemoryCall(operation, host, path), cancellationToken);

    private TransportException Failed(TransportFailure failure, string path) =>
        InMemoryTransport.Failed(failure, $"'{path}' of the server in memory: {failure}.", host);
}
