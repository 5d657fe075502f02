namespace Bento.Hosts;

/// <summary>What a host that builds nothing cannot be told to do. Pure.</summary>
internal static class DeliveryRule
{
    /// <returns>Why these settings contradict each other; null when they do not.</returns>
    public static string? FindContradiction(Delivery delivery, bool evaluateOnly, bool selfUpdate) => (
        delivery, evaluateOnly, selfUpdate) switch
    {
        (Delivery.System, true, _) =>
            "It gets its system whole (delivery: system), and its system is not built here (evaluateOnly, or the file NOLOCALBUILD).",
        (Delivery.System, _, true) =>
            "It gets its system whole (delivery: system), and is to update its inputs by itself (selfUpdate, or the file SELF_UPDATE): "
                + "a host that builds nothing cannot.",
        _ => null,
    };
}
