namespace Bento.Publishing;

/// <summary>Which release a host goes back to. Pure.</summary>
internal static class EarlierRelease
{
    /// <param name="releases">What was published for the host, newest first.</param>
    /// <returns>The newest that says another thing than the current one; null when there is none.</returns>
    /// <remarks>So a second rollback goes back to where the first came from: what is current then is the content before.</remarks>
    public static Release? Of(IReadOnlyList<Release> releases) =>
        releases.Skip(1).FirstOrDefault(release => !IsSame(release, releases[0]));

    private static bool IsSame(Release left, Release right) => Timeless(left).Id == Timeless(right).Id;

    private static Release Timeless(Release release) => ReleaseIdentity.WithId(release with { Number = default });
}
