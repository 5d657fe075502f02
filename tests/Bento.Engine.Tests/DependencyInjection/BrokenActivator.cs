using Bento.Agents;

namespace Bento.Engine.Tests.DependencyInjection;

/// <summary>A machine that is not there.</summary>
internal sealed class BrokenActivator : IActivator
{
    public Task<MachineState> InspectAsync(CancellationToken cancellationToken) => throw Broken();

    public Task SetProfileAsync(StorePath system, CancellationToken cancellationToken) => throw Broken();

    public Task<IReadOnlyList<string>> FindInhibitorsAsync(StorePath system, CancellationToken cancellationToken) => throw Broken();

    public Task<Activation> SwitchAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) => throw Broken();

    public Task<Activation> StageAsync(StorePath system, TextWriter log, CancellationToken cancellationToken) => throw Broken();

    public Task RebootAsync(CancellationToken cancellationToken) => throw Broken();

    private static NotSupportedException Broken() => new("no machine");
}
