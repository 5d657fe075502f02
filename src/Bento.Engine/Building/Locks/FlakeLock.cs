using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bento.Building.Locks;

/// <summary>What a <c>flake.lock</c> says (Nix manual, "Lock files"). Pure. What is not understood is left out, never guessed.</summary>
internal sealed class FlakeLock
{
    private const int MaxDepth = 16;

    /// <summary>Inputs that refer to each other in circles have no end otherwise.</summary>
    private const int MaxInputs = 4096;

    private readonly JsonObject _root;

    private FlakeLock(JsonObject root) => _root = root;

    /// <exception cref="JsonException">It is not a lock file.</exception>
    public static FlakeLock Parse(ReadOnlySpan<byte> utf8)
    {
        RequireText(utf8);
        return JsonNode.Parse(utf8, nodeOptions: null, new JsonDocumentOptions { AllowDuplicateProperties = false }) is JsonObject root
            && root["nodes"] is JsonObject
            ? new FlakeLock(root)
            : throw new JsonException("It has no 'nodes'.");
    }

    /// <summary>A node reads its names and texts only when it is asked for them; one that cannot be read must be found before.</summary>
    private static void RequireText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                _ = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String ? reader.GetString() : null;
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("It contains text that is not Unicode.", exception);
        }
    }

    /// <summary>The names of the inputs of the flake itself.</summary>
    public IEnumerable<string> Inputs => InputsOf(RootNode).Select(input => input.Key);

    /// <summary>
    /// What each input is locked to, by its name; an input of an input has both names. One that follows another has no lock of its own.
    /// </summary>
    public IReadOnlyDictionary<string, FlakeRevision> Revisions()
    {
        var revisions = new SortedDictionary<string, FlakeRevision>(StringComparer.Ordinal);
        Collect(RootNode, string.Empty, 0, revisions);
        return revisions;
    }

    /// <summary>
    /// The inputs that lie on this machine: an absolute path, a repository or an archive of its disk, or a path that leads out of the tree.
    /// </summary>
    public IReadOnlyList<LocalInput> LocalInputs()
    {
        var found = new List<LocalInput>();
        CollectLocal(RootNode, string.Empty, [], found);
        return found;
    }

    /// <summary>
    /// The lock file without one input, so that Nix locks it anew and leaves the others: the arguments that say so changed over the
    /// versions of Nix.
    /// </summary>
    public byte[] Without(string input)
    {
        var copy = (JsonObject)_root.DeepClone();
        var name = Text(copy["root"]) ?? "root";
        _ = (copy["nodes"]?[name]?["inputs"] as JsonObject)?.Remove(input);
        return JsonSerializer.SerializeToUtf8Bytes(copy, LockJsonContext.Default.JsonObject);
    }

    /// <summary>What moved from one lock file to another.</summary>
    public static IReadOnlyList<InputMove> Moves(FlakeLock? before, FlakeLock after)
    {
        var old = before?.Revisions() ?? new Dictionary<string, FlakeRevision>(StringComparer.Ordinal);
        var current = after.Revisions();
        return
        [
            .. old.Keys.Union(current.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new InputMove
                {
                    Input = name,
                    From = old.GetValueOrDefault(name),
                    To = current.GetValueOrDefault(name),
                })
                .Where(move => move.From?.Id != move.To?.Id),
        ];
    }

    private JsonObject? RootNode => Node(Text(_root["root"]) ?? "root");

    private JsonObject? Node(string? name) => name is null ? null : _root["nodes"]?[name] as JsonObject;

    private static IEnumerable<KeyValuePair<string, JsonNode?>> InputsOf(JsonObject? node) => node?["inputs"] as JsonObject ?? [];

    private void Collect(JsonObject? node, string prefix, int depth, SortedDictionary<string, FlakeRevision> revisions)
    {
        foreach (var (name, target) in InputsOf(node))
        {
            // A list is a path to the input that this one follows.
            if (Node(Text(target)) is { } found && depth < MaxDepth && revisions.Count < MaxInputs)
            {
                if (Revision(found["locked"] as JsonObject) is { } revision)
                {
                    revisions[prefix + name] = revision;
                }

                Collect(found, $"{prefix}{name}/", depth + 1, revisions);
            }
        }
    }

    private void CollectLocal(JsonObject? node, string prefix, HashSet<string> seen, List<LocalInput> found)
    {
        foreach (var (name, target) in InputsOf(node))
        {
            if (Text(target) is { } key && Node(key) is { } input && seen.Add(key))
            {
                if (LocalReference(input, isOfRoot: prefix.Length == 0) is { } reference)
                {
                    found.Add(new LocalInput(prefix + name, reference));
                }

                CollectLocal(input, $"{prefix}{name}/", seen, found);
            }
        }
    }

    /// <summary>A path that is relative to an input lies in what that was fetched from.</summary>
    private static string? LocalReference(JsonObject input, bool isOfRoot)
    {
        var locked = input["locked"] as JsonObject;
        var (type, path, url) = (Text(locked?["type"]), Text(locked?["path"]), Text(locked?["url"]));
        return type switch
        {
            "path" when path?.StartsWith('/') is true => $"path:{path}",
            "path" when isOfRoot && path is not null && LeadsOut(path) => $"path:{path}",
            "git" or "hg" when IsOfDisk(url) => $"{type}+{url}",
            "tarball" or "file" when IsOfDisk(url) => url,
            _ => null,
        };
    }

    private static bool IsOfDisk(string? url) =>
        url is not null && (url.StartsWith('/') || url.StartsWith("file:", StringComparison.Ordinal));

    private static bool LeadsOut(string path)
    {
        var depth = 0;
        return path.Split('/').Any(name => (depth += name switch { ".." => -1, "" or "." => 0, _ => 1 }) < 0);
    }

    private static FlakeRevision? Revision(JsonObject? locked) => (Text(locked?["rev"]) ?? Text(locked?["narHash"])) is { } id
        ? new FlakeRevision(id, Seconds(locked!["lastModified"]) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null)
        : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Seconds(JsonNode? node) =>
        node is JsonValue value
            && value.TryGetValue<long>(out var seconds)
            && seconds >= 0
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? seconds : null;
}
