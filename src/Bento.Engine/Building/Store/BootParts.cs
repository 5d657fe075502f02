using Bento.Files;

namespace Bento.Building.Store;

/// <summary>What only a boot replaces.</summary>
internal static class BootParts
{
    private static readonly string[] Links = ["kernel", "kernel-modules", "initrd"];

    /// <summary>Whether two systems differ in it. What either of them does not have is not compared: a container has no kernel.</summary>
    public static bool Differ(StorePath booted, StorePath next) => Links.Any(link =>
        RealPath.Find(Path.Join(booted.ToString(), link)) is { } before
        && RealPath.Find(Path.Join(next.ToString(), link)) is { } after
        && before != after);
}
