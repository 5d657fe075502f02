namespace Bento.Processes;

/// <summary>What a part can besides its contract, also through its guard: a guard has every capability, and its part perhaps not.</summary>
internal static class PartCapability
{
    /// <returns>The part as something that can do this; null when it cannot.</returns>
    public static T? As<T>(this object part)
        where T : class => part is IPartGuard { Part: not T } ? null : part as T;
}
