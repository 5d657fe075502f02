using Microsoft.Extensions.DependencyInjection;

namespace Bento.Processes;

/// <summary>
/// Marks a part that an embedder may bring, where it is used: it comes with the guard that turns whatever it throws into the failure of the
/// one call. So it does not matter whether it was registered before Bento or after.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class GuardedAttribute() : FromKeyedServicesAttribute(Key)
{
    /// <summary>The key of the guarded parts.</summary>
    public new const string Key = "Bento.Guarded";
}
