using System.Collections.Concurrent;
using System.Text;

namespace Bento.Testing.Transport;

/// <summary>The files of a server in memory, for tests to look at and to tamper with.</summary>
public sealed class InMemoryServer
{
    /// <summary>What time it is there.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    internal ConcurrentDictionary<HostName, InMemoryTree> Areas { get; } = new();

    internal string? LockHolder { get; set; }

    internal Lock Gate { get; } = new();

    /// <summary>The paths of all files in an area, in ordinal order.</summary>
    public IReadOnlyList<string> Paths(HostName host)
    {
        lock (Gate)
        {
            return Areas.TryGetValue(host, out var tree)
                ? [.. tree.Nodes.Where(node => node.Value.Content is not null).Select(node => node.Key).Order(StringComparer.Ordinal)]
                : [];
        }
    }

    /// <summary>The bytes of a file; null when there is none.</summary>
    public byte[]? Get(HostName host, string path)
    {
        lock (Gate)
        {
            return Areas.TryGetValue(host, out var tree) && tree.Nodes.TryGetValue(path, out var node) ? node.Content : null;
        }
    }

    /// <summary>Puts a file there, with the directories above it.</summary>
    public void Put(HostName host, string path, byte[] content) => PutNode(host, path, InMemoryNode.File(content, Clock.GetUtcNow()));

    /// <summary>Puts a file there, with the directories above it.</summary>
    public void Put(HostName host, string path, string text) =>
        PutNode(host, path, InMemoryNode.File(Encoding.UTF8.GetBytes(text), Clock.GetUtcNow()));

    /// <summary>Puts something there that is no plain file: a link, a pipe.</summary>
    public void PutForeign(HostName host, string path) => PutNode(host, path, InMemoryNode.Foreign(Clock.GetUtcNow()));

    private void PutNode(HostName host, string path, InMemoryNode node)
    {
        lock (Gate)
        {
            var tree = Areas.GetOrAdd(host, _ => new InMemoryTree());
            tree.Nodes[path] = node;
            for (var parent = InMemoryTree.Parent(path); parent.Length > 0; parent = InMemoryTree.Parent(parent))
            {
                tree.Nodes.TryAdd(parent, InMemoryNode.Directory(Clock.GetUtcNow()));
            }
        }
    }
}
