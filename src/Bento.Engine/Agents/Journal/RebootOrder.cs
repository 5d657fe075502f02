using Bento.Protocol;

namespace Bento.Agents.Journal;

/// <summary>A reboot that was ordered, written down before it was.</summary>
/// <param name="Release">The release for which.</param>
/// <param name="System">The system that should have been booted.</param>
/// <param name="BootId">The boot of the machine that was to end.</param>
internal sealed record RebootOrder(ReleaseId Release, StorePath System, string? BootId);
