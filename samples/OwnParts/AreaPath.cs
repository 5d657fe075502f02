namespace OwnParts;

/// <summary>A path that could leave the area is a mistake of the caller, and reaches no server.</summary>
internal static class AreaPath
{
    public static string Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length > 0 && !path.Contains('\0') && path.Split('/').All(part => part is not ("" or "." or ".."))
            ? string.Join('/', path.Split('/').Select(Uri.EscapeDataString))
            : throw new ArgumentException($"'{path}' is not a path inside of an area.", nameof(path));
    }
}
